"""Libraries, items, copies, loans and request lines by the million, in random order."""

import threading
from contextlib import contextmanager

ITEMS = 20_000
PEOPLE = 5_000
LIBRARIES = 20


@contextmanager
def bulk(env, table):
    """Fill a table without its indexes and foreign keys, then make them again.

    Foreign keys are checked when they come back. The primary key stays, and what else
    is a constraint.
    """
    cr = env.cr
    cr.execute(
        """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conrelid = %s::regclass AND contype = 'f'
        """,
        [table],
    )
    keys = cr.fetchall()
    cr.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
         WHERE indrelid = %s::regclass AND NOT indisprimary
           AND NOT EXISTS (SELECT FROM pg_constraint
                            WHERE conindid = indexrelid AND contype IN ('u', 'x'))
        """,
        [table],
    )
    indexes = cr.fetchall()
    for name, _definition in keys:
        cr.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        cr.execute(definition)
    for name, definition in keys:
        cr.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')


def make(env, clerks=()):
    """Libraries, people, a distributor and items; not committed.

    :param clerks: ``res.users`` of the first library
    :return: ids that the statements below use
    :rtype: dict
    """
    company = env.company
    mill, showroom = env["res.partner"].create(
        [{"name": "Mill", "is_company": True}, {"name": "Loft", "is_company": True}]
    )
    people = env["res.partner"].create([{"name": f"P{n}"} for n in range(PEOPLE)])
    libraries = env["sample.library"].create(
        [{"name": f"Loft {n}", "partner_id": showroom.id} for n in range(LIBRARIES)]
    )
    for clerk in clerks:
        libraries[:1].clerk_ids += clerk
    env.flush_all()
    known = {
        "items": ITEMS,
        "people": PEOPLE,
        "libraries": LIBRARIES,
        "mill": mill.id,
        "first_person": people.ids[0],
        "first_library": libraries.ids[0],
        "company": company.id,
        "currency": company.currency_id.id,
        "user": env.uid,
    }
    env.cr.execute(
        """
        WITH made AS (
            INSERT INTO sample_item (name, pattern, color, color_family,
                                     distributor_id, currency_id, charge, active)
                 SELECT 'Item ' || n, 'PATTERN ' || n / 10, 'COLOR ' || n,
                        'red', %(mill)s, %(currency)s, 20, TRUE
                   FROM generate_series(1, %(items)s) n
              RETURNING id)
        SELECT min(id) FROM made
        """,
        known,
    )
    known["first_item"] = env.cr.fetchone()[0]
    return known


def add_loans(env, known, loans, out=19, late=5):
    """Loans of the last five years, five per copy; committed, with statistics.

    :param int out: every so many-th copy is lent now
    :param int late: and every so many-th of these is overdue
    """
    known = {**known, "copies": loans // 5, "out": out, "late": late}
    with bulk(env, "sample_copy"):
        env.cr.execute(
            """
            WITH made AS (
                INSERT INTO sample_copy (tag, item_id, library_id, company_id,
                                         condition, state)
                     SELECT 'BENCH-' || n, %(first_item)s + n %% %(items)s,
                            %(first_library)s + n %% %(libraries)s, %(company)s,
                            'good', CASE WHEN n %% %(out)s = 0 THEN 'out' ELSE 'in' END
                       FROM generate_series(1, %(copies)s) n
                   ORDER BY random()
                  RETURNING id)
            SELECT min(id) FROM made
            """,
            known,
        )
        known["first_copy"] = env.cr.fetchone()[0]
    with bulk(env, "sample_loan"):
        env.cr.execute(
            """
            INSERT INTO sample_loan (copy_id, item_id, library_id, company_id,
                                     currency_id, person_id, lent_by_id, lent_at,
                                     due_date, returned_at)
                 SELECT copy.id, copy.item_id, copy.library_id, copy.company_id,
                        %(currency)s,
                        %(first_person)s + (random() * (%(people)s - 1))::int,
                        %(user)s, loan.lent_at, loan.lent_at::date + 14,
                        CASE WHEN NOT loan.open
                             THEN loan.lent_at + random() * interval '20 days' END
                   FROM sample_copy copy,
                        generate_series(0, 4) year,
                        LATERAL (SELECT year = 0 AND copy.state = 'out' AS open,
                                        random() AS chance, copy.id) dice,
                        LATERAL (SELECT dice.open,
                                        now() AT TIME ZONE 'UTC' - CASE
                                        WHEN NOT dice.open
                                        THEN (year * 365 + 30 + 330 * dice.chance)
                                             * interval '1 day'
                                        WHEN dice.chance < 1.0 / %(late)s
                                        THEN (15 + 60 * random()) * interval '1 day'
                                        ELSE 13 * random() * interval '1 day'
                                        END AS lent_at) loan
                  WHERE copy.id >= %(first_copy)s
               ORDER BY random()
            """,
            known,
        )
    env.cr.execute(
        """
        UPDATE sample_copy copy SET loan_id = loan.id FROM sample_loan loan
         WHERE loan.copy_id = copy.id AND loan.returned_at IS NULL
        """
    )
    tidy(env, "sample_copy", "sample_loan", "sample_item", "res_partner")


def tidy(env, *tables):
    """Commit, and leave tables as autovacuum does."""
    env.cr.commit()
    with env.registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE " + ", ".join(tables))
    env.invalidate_all()


@contextmanager
def database_time():
    """Add up what the statements of this thread take.

    :return: a list that gets the seconds
    """
    thread, told = threading.current_thread(), []
    thread.query_count, thread.query_time = 0, 0.0
    yield told
    told.append(thread.query_time)
    del thread.query_count, thread.query_time
