from odoo import api, fields, models

from .. import posting

#: Records of one request, and how many ways to fill them in.
MAX_RECORDS = 1_000
_MAX_SHAPES = 20
_MAX_CHILDREN = 5_000


class TrackPost(models.Model):
    """Small sets of records, posted by a distributor's system as they change."""

    _inherit = "track.post"

    @api.model
    def _post_records(self, key, kind, records):
        """Load records by the same way as files, and say what became of each.

        What a record does not name stays as it is.

        :param key: ``track.key``
        :param str kind: name of a kind
        :param list records: of dicts, as they came from outside
        :return: dicts with ``external_ref``, ``result`` (``created``, ``updated``,
            ``unchanged``, ``rejected``), and for rejected ones ``reason`` and
            ``message``; in the order of the records
        :rtype: list[dict]
        """
        kind = posting.KINDS[kind]
        answers = [None] * len(records)
        shapes = {}
        for at, record in enumerate(records):
            shape = self._shape(kind, record)
            if isinstance(shape, dict):
                answers[at] = shape
            else:
                shapes.setdefault(shape, []).append(at)
        # a record named twice under two shapes would be judged apart
        if len(shapes) > _MAX_SHAPES:
            raise posting.PostingError("shapes", limit=_MAX_SHAPES)
        post = self._post_of_today(key, kind)
        totals = {"rows": len(records), "rejected": sum(map(bool, answers))}
        for shape, places in shapes.items():
            result = self._post_shape(post, kind, shape, places, records, answers)
            for name in ("created", "changed", "unchanged", "rejected"):
                totals[name] = totals.get(name, 0) + getattr(result, name)
        post.write({name: post[name] + count for name, count in totals.items()})
        post.rejected_rows = post.rejected
        post.ended_at = fields.Datetime.now()
        return answers

    @api.model
    def _shape(self, kind, record):
        """The columns a record has, or the answer that it is none."""
        if not isinstance(record, dict) or not record:
            return self._refused(None, "no_record")
        heads = tuple(name for name in kind.all_columns if name in record)
        strange = record.keys() - kind.all_columns.keys()
        children = ()
        if kind.child and kind.child.name in record:
            strange.discard(kind.child.name)
            rows = record[kind.child.name]
            if (
                not isinstance(rows, list)
                or len(rows) > _MAX_CHILDREN
                or not all(isinstance(row, dict) for row in rows)
            ):
                return self._refused(record, "no_children", kind.child.name)
            named = set().union(*rows) if rows else set()
            strange |= named - kind.child_columns.keys()
            # no lines at all says that there are none
            children = tuple(
                name for name in kind.child_columns if name in named
            ) or tuple(kind.child_columns)
        if strange:
            return self._refused(record, "strange", sorted(map(str, strange))[0])
        if not heads:
            return self._refused(record, "no_ref")
        return heads, children

    @api.model
    def _refused(self, record, reason, value=""):
        ref = record.get("external_ref") if isinstance(record, dict) else None
        return {
            "external_ref": ref if isinstance(ref, str) else None,
            "result": "rejected",
            "reason": reason,
            "message": self._reason_text(reason, {"value": str(value)[:100]}),
        }

    @api.model
    def _post_of_today(self, key, kind):
        """What one key posts of a kind in a day is one posting."""
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        post = self.sudo().search(
            [
                ("key_id", "=", key.id),
                ("kind", "=", kind.name),
                ("create_date", ">=", today),
            ],
            limit=1,
        )
        return post or self.sudo().create(
            {
                "name": f"{key.name} {today:%Y-%m-%d}",
                "kind": kind.name,
                "distributor_id": key.distributor_id.id,
                "company_id": key.company_id.id,
                "key_id": key.id,
                "source": "api",
                "state": "done",
                "started_at": fields.Datetime.now(),
                "ended_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _post_shape(self, post, kind, shape, places, records, answers):
        """Load the records that have the same columns; fill in their answers."""
        heads, children = shape
        mapping = posting.Mapping(
            kind,
            {name: at for at, name in enumerate(heads)},
            {name: at for at, name in enumerate(children, len(heads))},
            [],
            posting.Habits(),
        )
        rows, owners = [], []
        for at in places:
            record = records[at]
            head = [posting.as_text(record[name]) for name in heads]
            below = record.get(kind.child.name) if kind.child else None
            for child in below or [{}]:
                rows.append(
                    head + [posting.as_text(child.get(name)) for name in children]
                )
                owners.append(at)
        self.env.flush_all()
        result = posting.load(
            self.env.cr, post._spec(mapping), [rows], first_row=0, keep_empty=True
        )
        self._fill_answers(owners, answers)
        post._after_loading()
        return result

    def _fill_answers(self, owners, answers):
        """Say what became of each record, by the number of its rows."""
        cr = self.env.cr
        cr.execute("SELECT row, external_ref, reason, detail::json FROM post_rejects "
                   "ORDER BY reason = 'with_others', row")  # fmt: skip
        for row, ref, reason, detail in cr.fetchall():
            if not answers[owners[row]]:
                answers[owners[row]] = {
                    "external_ref": ref,
                    "result": "rejected",
                    "reason": reason,
                    "message": self._reason_text(reason, detail),
                }
        cr.execute(
            """
            SELECT r.row, r.external_ref, p.is_new, p.is_same
              FROM post_rows r JOIN post_records p USING (external_ref)
            """
        )
        for row, ref, is_new, is_same in cr.fetchall():
            result = "created" if is_new else "unchanged" if is_same else "updated"
            answers[owners[row]] = {"external_ref": ref, "result": result}

    @api.model
    def _own_records(self, key, kind, refs):
        """Records of a key's distributor, as its system may read them.

        :param str kind: name of a kind
        :param list refs: external references
        :rtype: list[dict]
        """
        kind = posting.KINDS[kind]
        records = (
            self.env[kind.model]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("distributor_id", "=", key.distributor_id.id),
                    ("company_id", "in", [key.company_id.id, False]),
                    ("external_ref", "in", refs),
                ]
            )
        )
        children = {}
        if kind.child:
            rows = records[kind.child.name.rstrip("s") + "_ids"].read(
                [kind.child.parent, *kind.child_columns], load=None
            )
            for row in rows:
                children.setdefault(row[kind.child.parent], []).append(
                    {name: _plain(row[name]) for name in kind.child_columns}
                )
        return [
            {
                **{name: _plain(row[name]) for name in (*kind.all_columns, *_EXTRA)},
                **(
                    {kind.child.name: children.get(row["id"], [])} if kind.child else {}
                ),
            }
            for row in records.read([*kind.all_columns, *_EXTRA])
        ]


_EXTRA = ("active", "origin", "posted_at")


def _plain(value):
    """A value as JSON has it; Odoo reads nothing as ``False``."""
    if value is False:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
