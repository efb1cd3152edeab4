from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL, format_date

from ..const import DUPLICATE_DAYS


class SampleRequestLine(models.Model):
    """Duplicates: the same again, for the same designer, firm or project."""

    _inherit = "sample.request.line"

    def _twins(self):
        """Which of these lines were asked for before, and by whom.

        One query for any number of lines. A line counts as the same if distributor,
        pattern and color are (or the color family, where the distributor wants that),
        and if it is for the same designer, firm, email address or project.

        :return: earlier lines that were not cancelled or refused, newest first, for
            those lines that have any; with the rights of the superuser
        :rtype: dict[SampleRequestLine, SampleRequestLine]
        """
        lines = self.with_prefetch()
        rows = [row for line in lines if (row := line._twin_row())]
        if not rows:
            return {}
        self.env["sample.request.line"].flush_model()
        columns = list(zip(*rows, strict=True))
        found = self.env.execute_query(
            SQL(
                """
                SELECT wanted.id, array_agg(twin.id ORDER BY twin.requested_at DESC,
                                                             twin.id DESC)
                  FROM unnest(%s::int[], %s::varchar[], %s::varchar[], %s::int[],
                              %s::int[], %s::varchar[], %s::varchar[], %s::timestamp[],
                              %s::timestamp[])
                       AS wanted (id, twin_key, family_key, person_id, firm_id,
                                  email_key, project_key, since, until)
                  JOIN LATERAL (
                       SELECT * FROM sample_request_line same
                        WHERE same.twin_key = wanted.twin_key
                          AND same.requested_at >= wanted.since
                        UNION
                       SELECT * FROM sample_request_line alike
                        WHERE alike.family_key = wanted.family_key
                          AND alike.requested_at >= wanted.since
                       ) twin ON twin.id != wanted.id
                   AND twin.requested_at <= wanted.until
                   -- of two on one order, the second one
                   AND (twin.requested_at < wanted.until OR twin.id < wanted.id)
                   AND twin.state NOT IN ('draft', 'refused', 'cancelled')
                   AND (twin.person_id = wanted.person_id
                        OR twin.firm_id = wanted.firm_id
                        OR twin.email_key = wanted.email_key
                        OR twin.project_key = wanted.project_key)
              GROUP BY wanted.id
                """,
                *map(list, columns),
            )
        )
        everything = self.sudo().browse(one for _id, ids in found for one in ids)
        return {
            self.browse(line_id): self.sudo()
            .browse(ids)
            .with_prefetch(everything._prefetch_ids)
            for line_id, ids in found
        }

    def _twin_row(self):
        """What the look-up compares of a line; nothing if it need not be looked up."""
        distributor_sudo = self.sudo().distributor_id.commercial_partner_id
        days = distributor_sudo.sample_duplicate_days
        if distributor_sudo and not days:
            return None
        keys = self.sudo()._keys() if not self.twin_key else self
        until = self.requested_at or fields.Datetime.now()
        by_family = distributor_sudo.sample_duplicate_by_family
        order = self.order_id
        return (
            self.id,
            keys["twin_key"],
            (by_family and keys["family_key"]) or None,
            order.person_id.id or None,
            order.firm_id.id or None,
            keys["email_key"] or None,
            keys["project_key"] or None,
            until - timedelta(days=days or DUPLICATE_DAYS),
            until,
        )

    def _as_twin_text(self):
        """What the distributor reads of an earlier line: who asked, for whom, when.

        :rtype: str
        """
        request = self.request_id
        asked_by = self.showroom_id.name or self.user_id.name
        return self.env._(
            "%(quantity)s for %(recipient)s on %(date)s, asked by %(showroom)s "
            "(%(request)s, %(state)s)",
            quantity=self.quantity,
            recipient=", ".join(
                filter(None, (request.recipient_name, request.project))
            ),
            date=format_date(self.env, self.requested_at),
            showroom=asked_by or "",
            request=request.name,
            state=dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
        )

    def _as_twin_day(self):
        """What is told of an earlier line where its names are not told.

        :rtype: str
        """
        return self.env._(
            "Asked for on %(date)s", date=format_date(self.env, self.requested_at)
        )
