"""What people do with memo samples, for the tests of installing and removing."""

MANAGER = ("sample_library", "group_sample_manager")
DESK = ("sample_library", "group_sample_desk")


def samples_of_a_mill(site):
    """sample_library: a memo that is lent, one that came back, somebody who waits."""
    site.join(*MANAGER)
    mill, showroom, designer = (
        site.create("res.partner", name=name) for name in ("Mill", "Loft", "Designer")
    )
    library = site.create("sample.library", name="Loft", partner_id=showroom)
    bin_one = site.create("sample.place", library_id=library, code="1")
    site.create("sample.loan.rule", library_id=library, loan_days=5)
    item = site.create(
        "sample.item", distributor_id=mill, pattern="Willow", color="Sage"
    )
    for tag in ("LIFE-1", "LIFE-2"):
        site.create(
            "sample.copy", item_id=item, library_id=library, tag=tag, place_id=bin_one
        )
        site.call("sample.copy", "scan_out", library, designer, tag, f"lifecycle-{tag}")
    site.create("sample.wait", item_id=item, library_id=library, person_id=mill)
    back = site.call("sample.copy", "scan_in", library, "LIFE-2", "lifecycle-back")
    assert back["outcome"] == "keep", back
    (lent,) = site.read("sample.loan", [["is_open", "=", True]], "person_id")
    assert lent["person_id"][0] == designer
    if site.knows("sample.order"):
        requests_of_a_showroom(site, library, item, designer)
    return {}


def requests_of_a_showroom(site, library, item, designer):
    """Two distributors are asked, one by a link; the other one, this company, ships."""
    site.join(*DESK)
    (company,) = site.read("res.company", [["id", "=", 1]], "partner_id")
    own = site.create(
        "sample.item", distributor_id=company["partner_id"][0], pattern="Elm"
    )
    lines = [[0, 0, {"item_id": one, "quantity": 2}] for one in (item, own)]
    site.create("sample.kit", name="Lobby", line_ids=lines)
    site.create(
        "sample.replenishment", library_id=library, item_id=item, minimum=1, maximum=5
    )
    mill = site.read("sample.item", [["id", "=", item]], "distributor_id")[0]
    site.call(
        "res.partner", "write", mill["distributor_id"][:1], {"email": "m@example.com"}
    )
    order = site.create(
        "sample.order",
        library_id=library,
        person_id=designer,
        ship_to="other",
        ship_address="1 Loft Street",
        line_ids=lines,
    )
    site.call("sample.order", "action_send", [order])
    (ours,) = site.read(
        "sample.request", [["desk_company_id", "!=", False]], "line_ids"
    )
    answer = {"line_id": ours["line_ids"][0], "kind": "ship", "quantity": 2}
    site.call("sample.request", "desk_answer", [ours["id"]], [answer])
    cron = ("ir.model.data", "check_object_reference", "sample_library")
    cron_id = site.call(*cron, "ir_cron_notices")[1]
    site.call("ir.cron", "method_direct_trigger", [cron_id])
    assert site.read("sample.request.link", [["request_id.order_id", "=", order]])
