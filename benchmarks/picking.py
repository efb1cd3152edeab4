"""Picking tickets of a whole morning: as many queries for 2,000 lines as for 20.

The page is rendered as the distributor's portal user prints it: picking list in the
order of bins, then a ticket per request, duplicates marked. What stands in it is counted
before anything is claimed. Making a PDF of it is left to wkhtmltopdf, which asks the
database nothing.
"""

from ._measure import Sample, claim, measure

LINES = 20
FEW, MANY = 1, 100
ROUNDS = 3


def run(env, site=None):
    requests = _make(env)
    few, many = Sample(), Sample()
    # views and rights are in memory afterwards
    _print(env, requests[:FEW])
    for _round in range(ROUNDS):
        for sample, some in ((few, requests[:FEW]), (many, requests)):
            html = measure(env, lambda some=some: _print(env, some), sample)
            lists = 1 + (len(some) > 1)
            if html.count(b"Bench pick") != lists * LINES * len(some):
                raise AssertionError("not every line is on the tickets")
    print(f"  {FEW * LINES:,} lines: {few.describe()}")
    print(f"  {MANY * LINES:,} lines: {many.describe()}")
    ratio = max(many.queries) / min(few.queries)
    claim(
        "picking",
        f"{max(many.queries)} queries",
        f"{min(few.queries)} queries",
        ratio,
        ratio == 1,
    )


def _print(env, requests):
    report = env["ir.actions.report"]
    html, _kind = report._render_qweb_html(
        "sample_library.report_picking", requests.ids
    )
    return html


def _make(env):
    """Requests to one distributor, 20 samples each.

    :return: ``sample.request``
    """
    mill, showroom = env["res.partner"].create([{"name": "Mill"}, {"name": "Loft"}])
    people = env["res.partner"].create(
        [{"name": f"Person {n}", "street": "5 Mill Lane"} for n in range(MANY)]
    )
    items = env["sample.item"].create(
        [
            {
                "distributor_id": mill.id,
                "pattern": f"Bench pick {n}",
                "bin_code": f"A{n}",
            }
            for n in range(LINES)
        ]
    )
    orders = env["sample.order"].create(
        [
            {
                "person_id": person.id,
                "showroom_id": showroom.id,
                "line_ids": [
                    (0, 0, {"item_id": item.id, "quantity": 1}) for item in items
                ],
            }
            for person in people
        ]
    )
    orders._send()
    return orders.request_ids
