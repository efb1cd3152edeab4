import logging

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_order_on_behalf(self):
        """Start a quotation for this customer in his name.

        :raise AccessError: when the user may not order for him
        :return: an action that opens the quotation
        """
        self.ensure_one()
        self.check_access("read")
        self._check_represented_by(self.env.user, self.env.company)
        order_sudo = (
            self.env["sale.order"]
            .sudo()
            .create(
                {
                    "partner_id": self.id,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                    **self.env["sale.order"]._on_behalf_values(self, self.env.user),
                }
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": order_sudo.id,
            "view_mode": "form",
        }

    def _get_ordering_user(self, user):
        """Whose quotas count for an order that a user places for this customer.

        The customer's own, when he has a login.

        :param user: who places the order, one ``res.users``
        :return: one ``res.users`` with superuser rights
        """
        self.ensure_one()
        return self.sudo().user_ids.filtered("active")[:1] or user.sudo()

    def _check_represented_by(self, user, company):
        """Refuse a user who may not order for this customer.

        :raise AccessError: and a warning in the log
        """
        if not user._may_order_for(self, company):
            _logger.warning(
                "User %s (%s) tried to order for partner %s without the right to",
                user.login,
                user.id,
                self.ids,
            )
            raise AccessError(
                self.env._(
                    "You may not place orders for this customer. Ask a sales manager "
                    "for the right, or the customer if he withdrew it."
                )
            )

    def _get_representatives(self, company):
        """Who may order for this customer, for him to see.

        :return: ``res.users`` that a right names, and whether he refused them
        :rtype: list[tuple]
        """
        self.ensure_one()
        refusals = self.env["order.representation.refusal"].sudo()
        refused = refusals.search([("partner_id", "=", self.id)]).user_id
        users = self._get_named_representatives(company) | refused
        return [(user, user in refused) for user in users.sorted("name")]

    def _get_named_representatives(self, company):
        """Users who may order for this customer, customer service aside."""
        rights = (
            self.env["order.representation"]
            .sudo()
            .search([("company_id", "=", company.id), ("state", "=", "valid")])
        )
        by_division = rights.filtered(lambda right: right.scope == "division")
        covering = (rights - by_division).filtered(
            lambda right: self.filtered_domain(right._covered_domain())
        )
        divisions = self._get_divisions_above(company)
        covering |= by_division.filtered(lambda right: right.division_id in divisions)
        users = covering.user_id | divisions.manager_ids.filtered("active")
        return users.filtered(lambda user: user.partner_id != self)

    def _get_divisions_above(self, company):
        """The active divisions this customer is a member of today, and those above.

        :rtype: order.division recordset, with superuser rights
        """
        memberships = (
            self.env["order.division.member"]
            .sudo()
            .search(
                Domain("partner_id", "=", self.id)
                & Domain("company_id", "=", company.id)
                & Domain("division_id.active", "=", True)
                & self.env["order.division.member"]._current_domain()
            )
        )
        divisions = memberships.division_id
        return divisions.search([("id", "parent_of", divisions.ids)])

    def _refuses_customer_service(self):
        self.ensure_one()
        return bool(
            self.env["order.representation.refusal"]
            .sudo()
            .search_count([("partner_id", "=", self.id), ("user_id", "=", False)])
        )

    def _refuse_representative(self, user):
        """Withdraw the right of somebody to order for this customer.

        What that user has not sent off yet is cancelled.

        :param user: ``res.users`` record, empty for customer service
        """
        self.ensure_one()
        refusals = self.env["order.representation.refusal"].sudo()
        known = refusals.search(
            [("partner_id", "=", self.id), ("user_id", "=", user.id)], limit=1
        )
        if not known:
            refusals.create({"partner_id": self.id, "user_id": user.id})
        drafts = self.env["sale.order"].sudo().search(self._get_open_drafts(user))
        for order in drafts:
            order.message_post(
                body=self.env._(
                    "%(customer)s withdrew the right to order for him.",
                    customer=self.name,
                )
            )
        drafts._action_cancel()

    def _get_open_drafts(self, user):
        domain = [
            ("on_behalf_of_id", "=", self.id),
            ("state", "=", "draft"),
            ("review_parked_at", "=", False),
        ]
        if user:
            return [*domain, ("placed_by_id", "=", user.partner_id.id)]
        named = self._get_named_representatives(self.env.company).partner_id
        return [*domain, ("placed_by_id", "not in", named.ids)]

    def _allow_representative(self, user):
        """Take a refusal back.

        :param user: ``res.users`` record, empty for customer service
        """
        self.ensure_one()
        self.env["order.representation.refusal"].sudo().search(
            [("partner_id", "=", self.id), ("user_id", "=", user.id)]
        ).unlink()

    def _can_be_edited_by_current_customer(self, order_sudo=False, **kwargs):
        """Override of `portal`: addresses of others are for them to change."""
        if order_sudo and order_sudo.on_behalf_of_id and not self._may_edit_others():
            return False
        return super()._can_be_edited_by_current_customer(
            order_sudo=order_sudo, **kwargs
        )

    def _may_edit_others(self):
        user = self.env.user
        return user._is_internal() and self.with_user(user).has_access("write")
