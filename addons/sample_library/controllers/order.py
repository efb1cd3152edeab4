from werkzeug.urls import url_encode

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.sample_order_portal import DraftGone
from .form import tell, told, typed_pieces, whole

ORDER_URL = "/my/samples/order"
DETAILS_URL = "/my/samples/order/details"
REQUESTS_URL = "/my/samples/requests"
_FOUND = 30
_PEOPLE = 100


class SampleOrderPortal(CustomerPortal):
    """Samples are put on an order on one page; the next one says for whom, and sends.

    Pages only read. Every form is answered by a redirect to one, and names the draft it
    was made for. Another way to put something on the order is one more method with
    :meth:`_change_draft`.
    """

    def _refuse_strangers(self):
        """:raise NotFound: for all but showrooms, reps and designers"""
        if not request.env["sample.order"]._portal_roles():
            raise request.not_found()

    def _change_draft(self, post, work):
        """Let something be done to the draft that a form was made for.

        Quantities that were typed on the page and not saved are saved first.

        :param dict post: the form; ``order_id`` is the draft, ``qty_<id of a line>``
            are pieces
        :param work: what is done: gets the draft (in the name of the superuser), says
            what :func:`tell` takes; raises ``UserError`` where it cannot be done
        :return: the draft; ``None`` if nothing was changed, and the next page says why
        """
        self._refuse_strangers()
        orders = request.env["sample.order"]
        try:
            with request.env.cr.savepoint():
                draft = orders._portal_take(self._draft_id(post))
                pieces = {
                    whole(name.removeprefix("qty_")): whole(value)
                    for name, value in typed_pieces(post).items()
                }
                draft._portal_set_quantities(pieces)
                said = work(draft)
        except DraftGone as error:
            tell(str(error), "warning", form=post)
        except UserError as error:
            tell(str(error), "danger", form=post)
        else:
            tell(**said)
            return draft
        return None

    def _draft_id(self, post):
        """The draft a form was made for; 0 if there was none, -1 if it is no number."""
        named = str(post.get("order_id") or "").strip()
        return (whole(named) or -1) if named else 0

    @route(
        ORDER_URL,
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def sample_order(self, q="", **typed):
        """Search for samples, and what is on the order already.

        Quantities that were typed before the search are shown again, not saved.
        """
        self._refuse_strangers()
        draft = request.env["sample.order"]._portal_draft()
        items = draft._portal_items(q, _FOUND + 1)
        values = self._order_values(draft)
        values.update(
            {
                "q": q[:200],
                "items": items[:_FOUND],
                "has_more": len(items) > _FOUND,
                "on_order": {line.item_id: line.quantity for line in draft.line_ids},
                "distributors": draft._portal_distributors(),
                "kits": self._order_kits(),
                "form": {**typed_pieces(typed), **values["form"]},
            }
        )
        return request.render("sample_library.portal_order", values)

    @route(
        DETAILS_URL,
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def sample_order_details(self, find="", **_kw):
        """For whom the samples are, where they go, and the button that sends."""
        self._refuse_strangers()
        draft = request.env["sample.order"]._portal_draft()
        values = self._order_values(draft)
        himself = draft._portal_orders_for_himself()
        people = (
            draft._portal_people(find, _PEOPLE + 1) if not himself else draft.person_id
        )
        values.update(
            {
                "find": find,
                "himself": himself,
                "people": people[:_PEOPLE] | draft.person_id,
                "has_more": len(people) > _PEOPLE,
                "own_showroom": draft._portal_own_showroom(),
                "showrooms": draft._portal_showrooms(),
                "typed": values["form"] or self._details_as_typed(draft),
                "today": fields.Date.context_today(draft),
            }
        )
        return request.render("sample_library.portal_order_details", values)

    def _order_values(self, draft):
        """What both pages show."""
        said = told()
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "sample_order",
            "draft": draft,
            "lines": draft.line_ids,
            "twins": draft._portal_twins() if draft.line_ids else {},
            "told": said,
            "form": said["form"],
        }

    def _order_kits(self):
        """Kits the user may put on his order.

        :return: ``sample.kit`` with the rights of the superuser: portal users may not
            list the items in them
        """
        return request.env["sample.kit"]._of_portal().sudo()

    def _details_as_typed(self, draft):
        """The page of details as a form would bring it."""
        texts = ["project", "needed_on", "note"]
        if not draft.person_id:
            texts += ["recipient_name", "recipient_firm", "recipient_email"]
        if draft.ship_to == "other" or not draft.person_id:
            texts.append("ship_address")
        return {
            "person_id": str(draft.person_id.id or ""),
            "showroom_id": str(draft.showroom_id.id or ""),
            "ship_to": draft.ship_to or "person",
            **{name: str(draft[name] or "") for name in texts},
        }

    @route(
        f"{ORDER_URL}/add",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_order_add(self, q="", **post):
        """Have so many pieces of an item on the order."""
        count = whole(post.get("quantity"))

        def put(draft):
            name = draft._portal_put(whole(post.get("item_id")), count)
            return {
                "text": request.env._(
                    "%(item)s is on the order: %(count)s.", item=name, count=count
                )
            }

        self._change_draft(post, put)
        search = f"?{url_encode({'q': q[:200]})}" if q else ""
        return request.redirect(f"{ORDER_URL}{search}")

    @route(
        f"{ORDER_URL}/other",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_order_other(self, **post):
        """Have something on the order that was not found."""

        def put(draft):
            numbers = {
                name: whole(post.get(name)) for name in ("quantity", "distributor_id")
            }
            name = draft._portal_put_other({**post, **numbers})
            return {"text": request.env._("%(item)s is on the order.", item=name)}

        self._change_draft(post, put)
        return request.redirect(ORDER_URL)

    @route(
        f"{ORDER_URL}/lines",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_order_lines(self, remove="", go="", **post):
        """Change quantities, take a line off, or go on to the details."""
        post.pop(f"qty_{remove}", None)

        def change(draft):
            if not remove:
                text = "" if go else request.env._("The quantities are saved.")
                return {"text": text}
            undo = draft._portal_remove(whole(remove))
            if not undo:
                return {"text": request.env._("This sample is off the order already.")}
            text = request.env._("%(item)s is off the order.", item=undo["name"])
            return {"text": text, "undo": undo}

        changed = self._change_draft(post, change)
        return request.redirect(DETAILS_URL if changed and go else ORDER_URL)

    @route(
        DETAILS_URL,
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_order_details_save(self, do="save", **post):
        """Save the details; look for a designer, or send the order."""
        self._refuse_strangers()
        if do == "find":
            tell(form=post)
            find = url_encode({"find": str(post.get("find", ""))[:100]})
            return request.redirect(f"{DETAILS_URL}?{find}#sample_who")
        orders = request.env["sample.order"]
        sent = orders._portal_sent(whole(post.get("order_id")))
        if do == "send" and sent.request_ids:
            # tapped twice
            tell(request.env._("%(order)s is sent.", order=sent.name))
            return request.redirect(REQUESTS_URL)

        def fill(draft):
            numbers = {
                name: whole(post.get(name)) for name in ("person_id", "showroom_id")
            }
            draft._portal_fill({**post, **numbers})
            return {"text": request.env._("The details are saved.")}

        draft = self._change_draft(post, fill)
        if do != "send" or not draft:
            return request.redirect(DETAILS_URL)
        shown = {whole(part) for part in str(post.get("twins", "")).split(",")}
        if not shown.issuperset(line.id for line in draft._portal_twins()):
            # with another designer or project, other samples were asked for before
            tell(
                request.env._(
                    "Some samples were asked for a short time ago. Look at them below, "
                    "and send the order if they are needed all the same."
                ),
                "warning",
            )
            return request.redirect(DETAILS_URL)
        return self._send_draft(draft)

    def _send_draft(self, draft):
        """Send the order; what was typed stays saved where that cannot be."""
        try:
            with request.env.cr.savepoint():
                requests = draft._send()
        except UserError as error:
            tell(str(error), "danger")
            return request.redirect(DETAILS_URL)
        tell(
            request.env._(
                "%(order)s is sent to %(names)s.",
                order=draft.name,
                names=", ".join(requests.mapped("distributor_name")),
            )
        )
        return request.redirect(REQUESTS_URL)
