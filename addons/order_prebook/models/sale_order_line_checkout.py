import math

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

from ..const import CHECK_OUT_GROUP


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def prebook_check_out(self, quantities=None):
        """Check out prebook lines: from now on they are procured and invoiced.

        For members of a prebook group of the selling company, who may read the lines.

        :param dict quantities: how much of each line, in its unit, by line id; without
            it, all that is open
        :raise AccessError: if the user may not
        :raise UserError: if a quantity makes no sense or is not open any more
        """
        self._prebook_check_rights(CHECK_OUT_GROUP)
        self._prebook_release(self._prebook_quantities_by_line(quantities))
        return True

    def _prebook_check_rights(self, *groups):
        """Raise unless the user has one of the groups, for all companies and lines.

        :param str groups: external ids of groups
        """
        if not self.env.su and not any(map(self.env.user.has_group, groups)):
            raise AccessError(
                self.env._(
                    "Only members of a prebook group may do this. Ask your "
                    "administrator for a role under Prebooks."
                )
            )
        self.check_access("read")
        if foreign := self.sudo().company_id - self.env.companies:
            raise AccessError(
                self.env._(
                    "These prebooks are sold by %(companies)s. Switch to that company "
                    "first.",
                    companies=", ".join(foreign.mapped("name")),
                )
            )

    # === QUANTITIES === #

    def _prebook_quantities_by_line(self, quantities):
        """Translate what an RPC client sends into quantities by line.

        :param quantities: by id, which JSON makes a string, or None for all
        """
        if quantities is None:
            lines = self.filtered(lambda line: line.prebook_state == "draft")
            return {line: line.prebook_qty_open for line in lines}
        if not isinstance(quantities, dict):
            raise UserError(
                self.env._("Give the quantities by line, or nothing for all of them.")
            )
        by_id = {str(line.id): line for line in self}
        if unknown := [key for key in quantities if str(key) not in by_id]:
            raise UserError(
                self.env._(
                    "Line %(line)s is not among the lines to check out.",
                    line=unknown[0],
                )
            )
        return {by_id[str(key)]: quantity for key, quantity in quantities.items()}

    def _prebook_check_quantity(self, quantity):
        """The quantity to check out of one line, rounded to what its unit allows.

        :raise UserError: if it is not a number, not positive, or more than is open
        """
        self.ensure_one()
        name = self.product_id.display_name
        if isinstance(quantity, bool) or not isinstance(quantity, int | float):
            raise UserError(
                self.env._("%(product)s: give the quantity as a number.", product=name)
            )
        if not math.isfinite(quantity):
            raise UserError(
                self.env._("%(product)s: the quantity is not a number.", product=name)
            )
        rounded = self.product_uom_id.round(quantity)
        if rounded <= 0:
            raise UserError(
                self.env._(
                    "%(product)s: the quantity to check out must be above zero.",
                    product=name,
                )
            )
        if self.product_uom_id.compare(rounded, self.prebook_qty_open) > 0:
            raise UserError(
                self.env._(
                    "%(product)s: %(asked)s cannot be checked out, %(open)s are open.",
                    product=name,
                    asked=self._prebook_in_words(rounded),
                    open=self._prebook_in_words(self.prebook_qty_open),
                )
            )
        return rounded

    def _prebook_in_words(self, quantity):
        """A quantity of this line for people: `3 Dozens`."""
        self.ensure_one()
        number = formatLang(self.env, quantity, dp="Product Unit", grouping=True)
        return f"{number} {self.product_uom_id.name}"

    # === CHECKING OUT === #

    def _prebook_release(self, quantities):
        """Check out quantities of lines; rights are checked before.

        :param dict quantities: by ``sale.order.line``, as they were given
        """
        lines_sudo = self.browse(line.id for line in quantities).sudo()
        if not lines_sudo:
            raise UserError(
                self.env._("There is nothing to check out: choose lines that are open.")
            )
        lines_sudo._prebook_lock()
        released = {}
        for line, quantity in quantities.items():
            line_sudo = line.sudo()
            line_sudo._prebook_check_open()
            released[line_sudo] = line_sudo._prebook_check_quantity(quantity)
        self.env["sale.prebook.log"]._add("checkout", released)
        for line_sudo, quantity in released.items():
            left = line_sudo.prebook_qty_arrived - quantity
            line_sudo.prebook_qty_arrived = max(left, 0.0)
            line_sudo.prebook_qty_told = max(line_sudo.prebook_qty_told - quantity, 0.0)
        orders_sudo = lines_sudo.order_id
        with orders_sudo._prebook_unlocked():
            lines_sudo._action_launch_stock_rule()
        orders_sudo._prebook_log_quantities(self.env._("Prebook checked out"), released)
        orders_sudo._prebook_invoice_checked_out()

    def _prebook_lock(self):
        """Let nobody else check out or change these lines until we are done.

        Whoever waits here is run again by Odoo once the first one has committed, and
        then sees what is left.
        """
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM sale_order_line WHERE id IN %s ORDER BY id "
            "FOR NO KEY UPDATE",
            [tuple(self.ids)],
        )
        self.invalidate_recordset()

    def _prebook_check_open(self):
        """Raise unless something of this line can be checked out."""
        self.ensure_one()
        name = self.product_id.display_name
        if self.prebook_state != "draft" or self.state != "sale":
            raise UserError(
                self.env._(
                    "%(product)s of %(order)s is not an open prebook (any more). "
                    "Reload the page.",
                    product=name,
                    order=self.order_id.name,
                )
            )
        if self.prebook_hold:
            raise UserError(
                self.env._(
                    "%(product)s of %(order)s is on hold. Release the hold first.",
                    product=name,
                    order=self.order_id.name,
                )
            )

    # === CANCELLING === #

    def prebook_cancel(self):
        """Cancel what is open of prebook lines; what is checked out stays."""
        self._prebook_check_rights(
            "order_prebook.group_sales", "order_prebook.group_allocation"
        )
        self._prebook_cancel()
        return True

    def _prebook_cancel(self):
        """Cancel what is open; rights are checked before."""
        lines_sudo = self.sudo()
        if not lines_sudo:
            raise UserError(self.env._("Choose the prebook lines to cancel."))
        lines_sudo._prebook_lock()
        for line in lines_sudo:
            if line.prebook_state != "draft" or line.state != "sale":
                raise UserError(
                    self.env._(
                        "%(product)s of %(order)s is checked out or cancelled already.",
                        product=line.product_id.display_name,
                        order=line.order_id.name,
                    )
                )
        cancelled = {line: line.prebook_qty_open for line in lines_sudo}
        self.env["sale.prebook.log"]._add("cancel", cancelled)
        orders_sudo = lines_sudo.order_id
        with orders_sudo._prebook_unlocked():
            for line in lines_sudo:
                line.product_uom_qty = line.prebook_qty_checked_out
        orders_sudo._prebook_log_quantities(self.env._("Prebook cancelled"), cancelled)
        orders_sudo._prebook_after_cancel()
        # others may have what these waited for
        self.env["sale.prebook.arrival"]._queue(lines_sudo.product_id)
