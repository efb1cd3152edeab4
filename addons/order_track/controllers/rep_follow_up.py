from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from .rep import RepPortal, whole

_LONGEST = 2000


class RepFollowUps(RepPortal):
    @route(
        ["/my/rep/follow-ups", "/my/rep/follow-ups/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def rep_follow_ups(self, page=1, which="due", **kwargs):
        """What the rep wants to come back to.

        :param str which: ``due``, ``open`` or ``done``
        """
        self._rep_check()
        follow_ups = request.env["track.follow.up"]
        today = request.env["sale.order"]._track_rep_today()[0]
        filters = {
            "due": (request.env._("Due"), follow_ups._due(today)),
            "open": (request.env._("All Open"), Domain("done_at", "=", False)),
            "done": (request.env._("Done"), Domain("done_at", "!=", False)),
        }
        which = which if which in filters else "due"
        found, pager = self._rep_list(
            "track.follow.up",
            filters[which][1],
            "/my/rep/follow-ups",
            page,
            {"which": which},
            order="done_at desc, id desc" if which == "done" else None,
        )
        return self._rep_render(
            "order_track.rep_follow_ups",
            "follow_ups",
            follow_ups=found.sudo(),
            filters={key: label for key, (label, _domain) in filters.items()},
            which=which,
            pager=pager,
        )

    @route(
        "/my/rep/follow-ups/add",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def rep_follow_up_add(
        self, order_id="", partner_id="", due_on="", note="", **kwargs
    ):
        """Add a follow-up to an order, or to a customer."""
        self._rep_check()
        if whole(order_id):
            order = self._rep_order(whole(order_id))
            values, back = {"order_id": order.id}, f"/my/rep/orders/{order.id}"
        elif whole(partner_id):
            customer = self._rep_customer(whole(partner_id))
            values = {"partner_id": customer.id}
            back = f"/my/rep/customers/{customer.id}"
        else:
            raise NotFound
        try:
            values |= self._rep_follow_up_values(due_on, note)
        except UserError as error:
            typed = {"due_on": due_on[:20], "note": note[:_LONGEST]}
            self._rep_tell("danger", str(error), typed)
        else:
            request.env["track.follow.up"].create(values)
            self._rep_tell("success", request.env._("The follow-up is noted."))
        return request.redirect(f"{back}#rep_follow_ups")

    def _rep_follow_up_values(self, due_on, note):
        """What was typed, as values of the fields.

        :raise UserError: if the day or the note is missing or wrong
        """
        try:
            day = fields.Date.to_date(due_on.strip())
        except ValueError:
            day = None
        if not day or day.year < 2000:
            raise UserError(request.env._("Give the day on which it is due."))
        # the database takes no such sign
        note = note.replace("\0", "").strip()
        if not note:
            raise UserError(request.env._("Write down what is to be done."))
        return {"due_on": day, "note": note[:_LONGEST]}

    @route(
        "/my/rep/follow-ups/<int:follow_up_id>/<any(done,undo,delete):action>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def rep_follow_up_change(self, follow_up_id, action, back="", **kwargs):
        """Mark a follow-up as done or not done, or delete it.

        :param str back: ``order`` or ``customer`` to return there, else to the list
        """
        self._rep_check()
        follow_up = request.env["track.follow.up"].search(
            [("id", "=", follow_up_id)], limit=1
        )
        if not follow_up:
            raise NotFound
        url = self._rep_follow_up_back(follow_up.sudo(), back)
        if action == "done":
            follow_up.action_done()
            self._rep_tell("success", request.env._("Done."), {"undo": follow_up_id})
        elif action == "undo":
            follow_up.action_undo()
        else:
            follow_up.unlink()
            self._rep_tell("success", request.env._("The follow-up is deleted."))
        return request.redirect(url)

    def _rep_follow_up_back(self, follow_up_sudo, back):
        customer = follow_up_sudo.partner_id.commercial_partner_id
        if back == "order" and follow_up_sudo.order_id:
            return f"/my/rep/orders/{follow_up_sudo.order_id.id}#rep_follow_ups"
        if back == "customer":
            return f"/my/rep/customers/{customer.id}#rep_follow_ups"
        return "/my/rep/follow-ups?which=" + (
            back if back in ("open", "done") else "due"
        )
