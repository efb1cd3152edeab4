from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import loader


class DistributorOffer(models.Model):
    """What people say about offers and products."""

    _inherit = "distributor.offer"

    fitting_product_ids = fields.Many2many(
        "product.product",
        string="Products That Fit",
        compute="_compute_fitting_product_ids",
        help="Products this offer could be. When there are several, a person decides.",
    )

    @api.depends("product_id", "matched_by")
    def _compute_fitting_product_ids(self):
        self.env.flush_all()
        fitting = loader.fitting(self.env.cr, self._origin.ids)
        for offer in self:
            offer.fitting_product_ids = fitting.get(offer._origin.id, [])

    def _code(self):
        self.ensure_one()
        return self.account_id.id, self.code

    def _check_may_match(self):
        """:raise AccessError: for anybody but feed users, and for offers they may not
        see."""
        if not (
            self.env.su or self.env.user.has_group("distributor_feeds.group_feed_user")
        ):
            raise AccessError(
                self.env._(
                    "Only a user of the distributor feeds says "
                    "which product an offer is."
                )
            )
        self.check_access("read")

    def action_match(self, product_id):
        """Say which product these offers are.

        The word counts for their codes: in all warehouses, and whenever the code comes
        back.

        :param int product_id: id of a ``product.product``
        :return: a notification as a client action
        :raise AccessError: the user may not match, or not see the offers or the product
        :raise UserError: the product is archived, or another company's
        """
        product = self.env["product.product"].browse(product_id)
        return self._decide({offer: product for offer in self})

    def _decide(self, products):
        """Keep which product each of these offers is, and match them.

        :param dict products: a ``product.product`` for each offer
        :return: a notification as a client action
        :raise AccessError, UserError: as `action_match`
        """
        self._check_may_match()
        self.env["product.product"].union(*products.values()).check_access("read")
        for offer, product in products.items():
            offer._check_product(product)
        decided = {offer._code(): product.id for offer, product in products.items()}
        self.env["distributor.match"]._remember(decided)
        return self._told(self.env["distributor.match.queue"]._match_now(set(decided)))

    def _check_product(self, product):
        """:raise UserError: the product cannot be what this offer is."""
        self.ensure_one()
        if not product.active:
            raise UserError(
                self.env._(
                    "%s is archived: choose a product in use.", product.display_name
                )
            )
        if (
            product.company_id
            and self.company_id
            and self.company_id != product.company_id
        ):
            raise UserError(
                self.env._(
                    "%(product)s belongs to %(company)s; "
                    "offer %(code)s is another company's.",
                    code=self.code,
                    product=product.display_name,
                    company=product.company_id.display_name,
                )
            )

    def action_refuse_match(self):
        """Say that these offers are not their products; no file brings these back.

        :return: a notification as a client action
        :raise AccessError: the user may not match, or not see the offers
        """
        self._check_may_match()
        matched = self.filtered("product_id")
        refused = {(*offer._code(), offer.product_id.id) for offer in matched}
        codes = {offer._code() for offer in matched}
        refusals, matches = (
            self.env["distributor.match.refusal"],
            self.env["distributor.match"],
        )
        known = {
            (*refusal._code(), refusal.product_id.id) for refusal in refusals._of(codes)
        }
        refusals.create(
            [
                {"account_id": account, "code": code, "product_id": product}
                for account, code, product in sorted(refused - known)
            ]
        )
        matches._of(codes).filtered(
            lambda match: (*match._code(), match.product_id.id) in refused
        ).unlink()
        return self._told(self.env["distributor.match.queue"]._match_now(codes))

    def _told(self, waiting):
        """Return what is said to the person.

        :param waiting: ids of accounts whose offers change after the load that is
            running
        """
        message = self.env._("Remembered.")
        if waiting:
            message = self.env._(
                "Remembered. A file is being loaded just now; "
                "the offers follow after it."
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info" if waiting else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_choose_product(self):
        """Open the dialog that asks which product these offers are."""
        return self._match_dialog(
            "distributor.match.choose", self.env._("Which Product Is It?")
        )

    def action_propose_products(self):
        """Open the proposals for these offers."""
        return self._match_dialog(
            "distributor.match.propose", self.env._("Proposed Products")
        )

    def action_create_products(self):
        """Open the products that these offers would become."""
        return self._match_dialog(
            "distributor.product.create", self.env._("New Products")
        )

    def _match_dialog(self, model, name):
        self._check_may_match()
        dialog = self.env[model].create({"offer_keys": self.ids})
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }
