"""Whose account number it is: by distributor, number and day."""

from __future__ import annotations

from odoo.tools import SQL

NUMBERS = ("account_number", "showroom_number", "rep_number")


def key(column):
    """SQL of a number without what people leave out: capitals and blanks."""
    return SQL("upper(btrim(%s))", SQL(column))


def relations(cr, distributor_id, company_id):
    """Create the temporary table ``post_relations``: who had which number, and when."""
    cr.execute("DROP TABLE IF EXISTS post_relations")
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE post_relations ON COMMIT DROP AS
            SELECT %(key)s AS key, role.code AS role, rel.partner_id,
                   COALESCE(partner.commercial_partner_id, partner.id) AS company_id,
                   rel.date_from, rel.date_until
              FROM trade_relation rel
              JOIN trade_role role ON role.id = rel.role_id
              JOIN res_partner partner ON partner.id = rel.partner_id
              JOIN res_partner distributor ON distributor.id = rel.distributor_id
             WHERE rel.active
               AND distributor.commercial_partner_id = %(distributor)s
               AND (rel.company_id IS NULL OR %(company)s IS NULL
                    OR rel.company_id = %(company)s)
               AND rel.account_number IS NOT NULL
            """,
            key=key("rel.account_number"),
            distributor=distributor_id,
            company=company_id,
        )
    )
    cr.execute("CREATE INDEX ON post_relations (key); ANALYZE post_relations")


def resolve(cr, distributor_id, asked, today, own):
    """Create the temporary table ``post_accounts``.

    Its rows say, for each of the numbers and days that are asked for: ``partner_id``
    (whose account it is), ``showroom_id`` (a company), ``rep_id``, ``customer_id`` (as
    the distributor posted it), or the ``problem``. A number that has two owners on one
    day has none: what is somebody's must not be shown to another.

    :param asked: SQL of rows with ``account_number``, ``showroom_number``,
        ``rep_number`` (text, empty for none) and ``on_date``
    :param today: the day that stands for days to come
    :param bool own: the number need not be known, since it is being posted itself
    """
    cr.execute("DROP TABLE IF EXISTS post_accounts")
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE post_accounts ON COMMIT DROP AS
            WITH asked AS (%(asked)s), found AS (
                SELECT asked.*,
                       LEAST(COALESCE(on_date, %(today)s), %(today)s) AS day,
                       %(account)s AS account_key,
                       COALESCE(NULLIF(%(showroom)s, ''), %(account)s) AS showroom_key,
                       COALESCE(NULLIF(%(rep)s, ''), %(account)s) AS rep_key
                  FROM asked
            )
            SELECT found.account_number, found.showroom_number, found.rep_number,
                   found.on_date,
                   COALESCE(other.partner_id, showroom.partner_id) AS partner_id,
                   COALESCE(showroom.company_id, customer.showroom_id) AS showroom_id,
                   COALESCE(rep.partner_id, customer.rep_id) AS rep_id,
                   customer.id AS customer_id,
                   CASE
                   WHEN showroom.many OR rep.many OR other.many
                   THEN 'ambiguous_account'
                   WHEN found.showroom_number != '' AND showroom.company_id IS NULL
                   THEN CASE WHEN showroom.ever THEN 'showroom_not_then'
                             ELSE 'unknown_showroom' END
                   WHEN found.rep_number != '' AND rep.partner_id IS NULL
                   THEN CASE WHEN rep.ever THEN 'rep_not_then' ELSE 'unknown_rep' END
                   WHEN found.account_number != '' AND NOT %(own)s
                    AND COALESCE(other.partner_id, customer.id) IS NULL
                    AND (showroom.partner_id IS NULL
                         OR found.showroom_key != found.account_key)
                    AND (rep.partner_id IS NULL OR found.rep_key != found.account_key)
                   THEN CASE WHEN other.ever OR showroom.ever OR rep.ever
                             THEN 'account_not_then' ELSE 'unknown_account' END
                   END AS problem
              FROM found
              LEFT JOIN LATERAL (%(showrooms)s) showroom ON TRUE
              LEFT JOIN LATERAL (%(reps)s) rep ON TRUE
              LEFT JOIN LATERAL (%(others)s) other ON TRUE
              LEFT JOIN LATERAL (
                    SELECT min(id) AS id, min(showroom_id) AS showroom_id,
                           min(rep_id) AS rep_id
                      FROM track_customer
                     WHERE distributor_id = %(distributor)s AND active
                       AND upper(btrim(account_number)) = found.account_key
                       AND found.account_key != '' AND NOT %(own)s
                   ) customer ON TRUE
            """,
            asked=asked,
            today=today,
            own=own,
            distributor=distributor_id,
            account=key("account_number"),
            showroom=key("showroom_number"),
            rep=key("rep_number"),
            showrooms=_holder("showroom_key", SQL("rel.role = 'showroom'")),
            reps=_holder("rep_key", SQL("rel.role = 'sales_rep'")),
            others=_holder(
                "account_key", SQL("rel.role NOT IN ('showroom', 'sales_rep')")
            ),
        )
    )
    cr.execute("ANALYZE post_accounts")


def _holder(column, role):
    """Who had a number on the day: at most one."""
    then = SQL(
        "found.day BETWEEN COALESCE(rel.date_from, '-infinity') "
        "AND COALESCE(rel.date_until, 'infinity')"
    )
    return SQL(
        """
        SELECT min(rel.partner_id) FILTER (WHERE %(then)s) AS partner_id,
               min(rel.company_id) FILTER (WHERE %(then)s) AS company_id,
               count(DISTINCT rel.partner_id) FILTER (WHERE %(then)s) > 1 AS many,
               count(*) > 0 AS ever
          FROM post_relations rel
         WHERE rel.key = found.%(column)s AND %(role)s
        """,
        then=then,
        column=SQL.identifier(column),
        role=role,
    )
