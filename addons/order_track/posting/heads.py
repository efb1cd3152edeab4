"""Rows become one head per record, or are rejected."""

from __future__ import annotations

from odoo.tools import SQL

from .staging import names


def reject(cr, rows):
    """Keep rows as rejected, each once: the first reason counts.

    :param rows: SQL of ``row, external_ref, reason, detail``
    """
    cr.execute(SQL("INSERT INTO post_rejects %s ON CONFLICT (row) DO NOTHING", rows))


def make_heads(cr, spec):
    """Create the temporary table ``post_heads``: a row per ``external_ref``."""
    if spec.kind.child:
        _heads_with_children(cr, spec)
    else:
        _heads(cr, spec)


def columns_of(spec):
    """Columns of the record that the file has."""
    return spec.mapping.names


def _heads(cr, spec):
    """A record per row. The same row twice is one; different ones are all refused."""
    said = names(columns_of(spec))
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE post_heads ON COMMIT DROP AS
            SELECT external_ref, row, %s, NULL::int8 AS children_hash
              FROM post_rows WHERE problem IS NULL AND external_ref IS NOT NULL
            """,
            said,
        )
    )
    cr.execute(
        SQL(
            """
            WITH twice AS (
                SELECT external_ref, min(row) AS first,
                       count(DISTINCT ROW(%s)::text) = 1 AS same
                  FROM post_heads
                 WHERE external_ref IN (
                        SELECT external_ref FROM post_rows
                         WHERE external_ref IS NOT NULL
                         GROUP BY external_ref HAVING count(*) > 1)
                 GROUP BY external_ref
            ), gone AS (
                DELETE FROM post_heads h USING twice
                 WHERE h.external_ref = twice.external_ref
                   AND NOT (twice.same AND h.row = twice.first)
                RETURNING h.row, h.external_ref, twice.same
            )
            INSERT INTO post_rejects (row, external_ref, reason)
            SELECT row, external_ref, 'duplicate' FROM gone WHERE NOT same
                ON CONFLICT (row) DO NOTHING
            """,
            said,
        )
    )
    # a row that cannot be read speaks of the same record as one that can
    cr.execute(
        """
        WITH gone AS (
            DELETE FROM post_heads h USING post_rejects x
             WHERE x.external_ref = h.external_ref
            RETURNING h.row, h.external_ref
        )
        INSERT INTO post_rejects (row, external_ref, reason)
        SELECT row, external_ref, 'with_others' FROM gone
            ON CONFLICT (row) DO NOTHING
        """
    )


def _heads_with_children(cr, spec):
    """A record per ``external_ref``; its rows say the same of it, or nothing.

    The rows below it are told apart by what they say, and by how often; their order
    alone is no change. So they need not be sorted.
    """
    kind = spec.kind
    own = [name for name in columns_of(spec) if name in spec.mapping.heads]
    summed = [name for name in columns_of(spec) if name not in own]
    head = _hash(own)
    if own:
        head = SQL("CASE WHEN num_nonnulls(%s) > 0 THEN %s END", names(own), head)
    child = _hash([f"l_{name}" for name in spec.mapping.children])
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE post_heads ON COMMIT DROP AS
            WITH hashed AS (
                SELECT external_ref, row, problem, %(summands)s
                       %(head)s AS head, %(child)s AS child
                  FROM post_rows r WHERE external_ref IS NOT NULL
            ), grouped AS (
                SELECT external_ref,
                       COALESCE(min(row) FILTER (WHERE head IS NOT NULL), min(row))
                       AS row,
                       min(head) IS DISTINCT FROM max(head) AS differ,
                       bool_or(problem IS NOT NULL) AS bad,
                       %(sums)s
                       (sum((child >> 32)::int4) << 32)
                       # sum(((child << 32) >> 32)::int4) AS children_hash
                  FROM hashed GROUP BY external_ref
            )
            SELECT g.external_ref, g.row, g.differ, g.bad, g.children_hash
                   %(own)s %(summed)s
              FROM grouped g JOIN post_rows r ON r.row = g.row
            """,
            head=head,
            child=child,
            summands=SQL("").join(
                SQL("%s, ", SQL.identifier(f"l_{kind.child.sums[name]}"))
                for name in summed
            ),
            sums=SQL("").join(
                SQL(
                    "sum(%s) AS %s, ",
                    SQL.identifier(f"l_{kind.child.sums[name]}"),
                    SQL.identifier(name),
                )
                for name in summed
            ),
            own=SQL(", %s", names(own, "r")) if own else SQL(""),
            summed=SQL(", %s", names(summed, "g")) if summed else SQL(""),
        )
    )
    refuse_heads(cr, SQL("h.differ"), "contradiction")
    refuse_heads(cr, SQL("h.bad"), "with_others")
    if "line_ref" in spec.mapping.children:
        reject(
            cr,
            SQL(
                """
                SELECT r.row, r.external_ref, 'duplicate_line', NULL
                  FROM post_rows r
                  JOIN (SELECT external_ref, l_line_ref FROM post_rows
                         WHERE l_line_ref IS NOT NULL
                         GROUP BY 1, 2 HAVING count(*) > 1) twice
                 USING (external_ref, l_line_ref)
                """
            ),
        )
        refuse_heads(
            cr,
            SQL(
                "h.external_ref IN (SELECT external_ref FROM post_rejects "
                "WHERE reason = 'duplicate_line')"
            ),
            "with_others",
        )


def _hash(columns):
    """SQL of a 64-bit hash of some columns, each in its place."""
    parts = [
        SQL(
            "COALESCE(hashtextextended(%s::text, %s), %s)",
            SQL.identifier(name),
            at,
            at,
        )
        for at, name in enumerate(columns, 1)
    ]
    return SQL("(%s)", SQL(" # ").join(parts)) if parts else SQL("0::int8")


def refuse_heads(cr, condition, reason):
    """Take records (``h``) out that meet a condition, with all of their rows."""
    cr.execute(
        SQL(
            """
            WITH gone AS (
                DELETE FROM post_heads h WHERE %s RETURNING h.external_ref
            )
            INSERT INTO post_rejects (row, external_ref, reason)
            SELECT r.row, r.external_ref, %s
              FROM post_rows r JOIN gone USING (external_ref)
                ON CONFLICT (row) DO NOTHING
            """,
            condition,
            reason,
        )
    )
