"""Pieces of the statement that the report on the use of samples is."""

from odoo.tools import SQL


def column_of(table, column, row_id):
    """A column of the row that a column of the branch points to.

    :param str table: small, and read by its primary key
    :param str column: of that table
    :param str row_id: column that holds the id
    :rtype: SQL
    """
    return SQL(
        "(SELECT of.%s FROM %s of WHERE of.id = %s)",
        SQL.identifier(column),
        SQL.identifier(table),
        SQL.identifier(*row_id.split(".")),
    )


def days_between(start, end):
    """Days and parts of a day from one moment to another.

    :param SQL start: a timestamp
    :param SQL end: a timestamp
    :rtype: SQL
    """
    # EXTRACT would compute the same with numeric, several times as slowly
    return SQL("date_part('epoch', %s - %s) / 86400", end, start)


def in_company_currency(amount, currency, day):
    """An amount of a loan at the rate of a day, as ``res.currency`` converts.

    :param SQL amount: what to convert
    :param SQL currency: id of the currency it is in
    :param SQL day: the date whose rate counts
    :rtype: SQL
    """
    own = column_of("res_company", "currency_id", "loan.company_id")
    return SQL(
        """CASE WHEN %(amount)s IS NULL OR %(currency)s = %(own)s THEN %(amount)s
                ELSE %(amount)s * %(to)s / %(from)s END""",
        **{
            "amount": amount,
            "currency": currency,
            "own": own,
            "to": _rate(own, day),
            "from": _rate(currency, day),
        },
    )


def _rate(currency, day):
    """The rate of a currency on a day; without one, the first there is, or 1."""
    rates = SQL(
        """SELECT rate.rate FROM res_currency_rate rate
            WHERE rate.currency_id = %s
              AND (rate.company_id IS NULL
                   OR rate.company_id = split_part(%s, '/', 1)::int4)""",
        currency,
        column_of("res_company", "parent_path", "loan.company_id"),
    )
    return SQL(
        """COALESCE((%(rates)s AND rate.name <= %(day)s
                  ORDER BY rate.company_id, rate.name DESC LIMIT 1),
                (%(rates)s ORDER BY rate.company_id, rate.name LIMIT 1), 1.0)""",
        rates=rates,
        day=day,
    )
