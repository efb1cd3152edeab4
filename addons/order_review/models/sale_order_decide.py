from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..exceptions import ReviewError

_ACTIONS = {"warn": "acknowledge", "approve": "release", "block": "override"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === BUTTONS === #

    def action_confirm(self):
        """Override of `sale` to make automatic corrections before the gate."""
        self._review_correct()
        # points of a gift card, for one, are taken before the order is judged
        with self._review_undo(bool(self)):
            return super().action_confirm()

    def action_review_confirm(self):
        """Confirm what passes; show what is wrong with the rest.

        On one order, opens the findings where the user can act on them.  On several,
        confirms each one that passes and names the ones that are held; programs call
        :meth:`review_confirm_each` for that.

        :return: an action for the web client, or ``True``
        """
        self.check_access("write")
        if len(self) == 1:
            self._review_correct()
            if self._review_held():
                return self.action_review_open()
            return self.action_confirm()
        still_open = self.filtered(lambda order: order.state in ("draft", "sent"))
        answer = still_open.review_confirm_each()
        lines = [
            self.env._("%(count)s orders confirmed.", count=len(answer["confirmed"]))
        ]
        for refused in answer["held"]:
            lines.append(
                self.env._("%(order)s cannot be confirmed:", order=refused["name"])
            )
            lines += [f"- {reason}" for reason in refused["reasons"]]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if answer["held"] else "success",
                "className": "text-prewrap",
                "sticky": bool(answer["held"]),
                "message": "\n".join(lines),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_review_open(self):
        """Open the dialog with the findings and what the user may do about them."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review of %(order)s", order=self.name),
            "res_model": "sale.review.decide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_review_request(self):
        """Ask a Review manager to release the orders; they are confirmed after that.

        :return: ``True``
        :raise UserError: when nobody may release anything on one of the orders
        """
        self.check_access("write")
        self._review_correct()
        held = self._review_held()
        for order in held:
            findings = order.review_finding_ids.filtered("is_open")
            if not any(finding._is_releasable() for finding in findings):
                raise UserError(order._review_must_mend_text(findings))
        for order in held.filtered(lambda order: not order.review_parked_at):
            order._review_park(keep_state=True)
        return True

    def _review_must_mend_text(self, findings):
        """Why asking is of no use, and what to do instead."""
        self.ensure_one()
        return "\n".join(
            [
                self.env._(
                    "Nobody can release %(order)s. Change the order, then confirm it:",
                    order=self.name,
                ),
                *(f"- {finding.message}" for finding in findings),
            ]
        )

    # === DECISIONS === #

    def _review_may_decide(self, finding):
        """Whether the current user may let one finding pass.

        :param finding: ``sale.review.finding`` record
        :rtype: bool
        """
        user = self.env.user
        if not user._is_internal():
            return False
        if finding.severity == "warn":
            return True
        if finding.severity == "approve":
            return user.has_group("order_review.group_review_manager")
        rule = finding.rule_id.sudo()
        if not rule.is_overridable:
            return False
        if rule.override_group_id:
            return rule.override_group_id in user.all_group_ids
        return user.has_group("order_review.group_review_manager")

    def action_review_decide(self, reason=None):
        """Let everything pass that the user may decide upon.

        Acknowledges warnings, releases held orders and overrides blocks, each
        recorded with its facts.  An order that waited for this is then confirmed.

        :param str reason: obligatory for a release or an override
        :return: ``True``
        :raise AccessError: when there is nothing the user, or anybody, may decide
        :raise UserError: when the reason is missing
        """
        self.check_access("write")
        self._review_correct()
        for order in self.filtered(lambda order: order.state in ("draft", "sent")):
            order._review_held()
            findings = order.review_finding_ids.filtered("is_open")
            allowed = findings.filtered(order._review_may_decide)
            if findings and not allowed:
                if not any(finding._is_releasable() for finding in findings):
                    raise AccessError(order._review_must_mend_text(findings))
                raise AccessError(
                    self.env._(
                        "You may not release %(order)s. Ask a Review manager.",
                        order=order.name,
                    )
                )
            order._review_decide(allowed, reason)
        self._review_confirm_released()
        return True

    def _review_decide(self, findings, reason):
        """Record decisions on findings of one order; rights were checked before."""
        self.ensure_one()
        reason = (reason or "").strip()
        if not reason and any(f.severity != "warn" for f in findings):
            raise UserError(self.env._("Give a reason: it is kept with the order."))
        values = [
            {
                "order_id": self.id,
                "order_ref": self.name,
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "rule_id": finding.rule_id.id,
                "action": _ACTIONS[finding.severity],
                "decided_at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "reason": reason,
                "product_id": finding.product_id.id,
                "subject": finding.subject,
                "asked": finding.asked,
                "allowed": finding.allowed,
                "used": finding.used,
                "price": finding.price,
                "partner_shipping_id": self.partner_shipping_id.id,
            }
            for finding in findings.sudo()
        ]
        if not values:
            return
        self.env["sale.review.decision"].sudo().create(values)
        lines = Markup("").join(
            Markup("<li>%s</li>") % finding.message for finding in findings
        )
        self.message_post(
            body=Markup("<p>%s</p><ul>%s</ul><p>%s</p>")
            % (self.env._("Allowed in spite of:"), lines, reason)
        )
        self._review_touch()

    # === HELD ORDERS === #

    def _review_park(self, keep_state=False, reason=""):
        """Hold orders whose customer has done his part, visibly for both sides.

        Never raises for a review reason: money may have been taken.  The order leaves
        the cart (``sent``), staff get an activity, the customer's page and mail say
        that it is being checked.

        :param bool keep_state: leave a quotation of the back office a quotation
        :param str reason: what to tell staff where no finding is open
        """
        fresh = self.filtered(lambda order: not order.review_parked_at)
        if not keep_state:
            self.sudo().filtered(lambda order: order.state == "draft").with_context(
                tracking_disable=True
            ).write({"state": "sent"})
        fresh.sudo().write({"review_parked_at": fields.Datetime.now()})
        for order in fresh.sudo():
            findings = order.review_finding_ids.filtered("is_open")
            reasons = findings.mapped("message") or reason.splitlines()
            note = Markup("<p>%s</p><ul>%s</ul>") % (
                self.env._("Held for review:"),
                Markup("").join(Markup("<li>%s</li>") % text for text in reasons),
            )
            order.message_post(
                body=note, author_id=self.env.ref("base.partner_root").id
            )
            order.activity_schedule(
                "order_review.mail_activity_type_review",
                user_id=order._review_responsible().id,
                note=note,
            )

    def _review_responsible(self):
        """Who is asked to look at a held order: salesperson, team leader or manager."""
        self.ensure_one()
        group = self.env.ref("order_review.group_review_manager")
        managers = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        for user in (self.user_id, self.team_id.user_id):
            if user and user in managers:
                return user
        people = managers - self.env.ref("base.user_root")
        return people[:1] or self.user_id or self.env.ref("base.user_admin")

    def _review_unpark(self):
        """Orders are no longer held: close what asked staff to look at them."""
        parked = self.filtered("review_parked_at").sudo()
        parked.write({"review_parked_at": False})
        parked.activity_feedback(["order_review.mail_activity_type_review"])

    def _review_confirm_released(self):
        """Confirm held orders that pass by now, as core would have confirmed them."""
        waiting = self.filtered(
            lambda order: order.review_parked_at and order.state in ("draft", "sent")
        )
        waiting._review_correct()
        for order in waiting - waiting._review_held():
            transactions = order.sudo().transaction_ids
            if order._review_is_due_online() or not transactions._review_lets_confirm(
                order.sudo()
            ):
                # released, but the money is not there: its arrival confirms
                order._review_unpark()
                order._review_ask_payment()
                continue
            try:
                with self.env.cr.savepoint():
                    order.with_context(send_email=True).action_confirm()
            except ReviewError as error:
                order.message_post(body=str(error))
                continue
            order._review_unpark()
            transactions._review_invoice_released()

    def _send_payment_succeeded_for_order_mail(self):
        """Override of `sale`: a held order is received and being checked, no more."""
        held = self.filtered("review_parked_at")
        template = self.env.ref(
            "order_review.mail_template_order_received", raise_if_not_found=False
        )
        for order in held:
            order._send_order_notification_mail(template)
        return super(SaleOrder, self - held)._send_payment_succeeded_for_order_mail()

    def _cron_review_refresh(self):
        """Judge open orders anew: dates pass, quotas free up, rules change."""
        open_orders = self.search([("state", "in", ("draft", "sent"))])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(open_orders))
        for start in range(0, len(open_orders), _BATCH):
            batch = open_orders[start : start + _BATCH].exists()
            self.env.add_to_compute(self._fields["review_state"], batch)
            batch._recompute_recordset(["review_state"])
            if not cron._commit_progress(processed=_BATCH):
                break


#: Orders judged in one go by the scheduled refresh.
_BATCH = 1000
