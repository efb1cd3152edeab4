from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .. import loader
from ..loader.matching import normalise

LIMIT = 1000


class DistributorProductCreate(models.TransientModel):
    """Makes products of offers that have none: one per manufacturer and part number."""

    _name = "distributor.product.create"
    _description = "Create Products from Offers"
    _inherit = "distributor.offer.dialog"

    categ_id = fields.Many2one("product.category", "Category")
    is_storable = fields.Boolean(
        "Track Inventory", default=True, help="Count what you have of them yourself."
    )
    sale_ok = fields.Boolean("Can Be Sold", default=True)
    line_ids = fields.One2many(
        "distributor.product.create.line", "dialog_id", "New Products"
    )

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        for dialog in dialogs:
            dialog._add_lines()
        return dialogs

    def _add_lines(self):
        """Add a line per product that the offers would become."""
        offers = self.offer_ids.filtered(lambda offer: not offer.product_id)
        if len(offers) > LIMIT:
            raise UserError(self.env._("Choose at most %s offers at once.", LIMIT))
        self.env.flush_all()
        taken, fitting = self._taken(offers), loader.fitting(self.env.cr, offers.ids)
        self.line_ids = [
            Command.create(self._line(group, taken, fitting))
            for group in self._groups(offers)
        ]

    @api.model
    def _groups(self, offers):
        """Return offers that are one product: by part number, GTIN or the
        distributor's code.

        An offer without a part number is the product that alone has its GTIN.

        :return: list of ``distributor.offer``, in the order of the first of each
        """
        part_of, gtin_of, parts_of_gtin = {}, {}, {}
        for offer in offers:
            maker, number = normalise(offer.manufacturer), normalise(offer.mpn)
            if maker and number:
                part_of.setdefault(offer._code(), (maker, number))
            if offer.gtin:
                gtin_of.setdefault(offer._code(), offer.gtin.zfill(14))
        for code, part in part_of.items():
            if code in gtin_of:
                parts_of_gtin.setdefault(gtin_of[code], set()).add(part)
        groups = {}
        for offer in offers:
            code = offer._code()
            key = part_of.get(code) or gtin_of.get(code) or code
            if len(parts := parts_of_gtin.get(key, ())) == 1:
                [key] = parts
            groups[key] = groups.get(key, offer) | offer
        return list(groups.values())

    @api.model
    def _taken(self, offers):
        """Return the GTINs of these offers that products or packages have, as 14
        digits."""
        gtins = {offer.gtin.zfill(14) for offer in offers if offer.gtin}
        products = self.env["product.product"].sudo().with_context(active_test=False)
        taken = set(products.search([("gtin14", "in", list(gtins))]).mapped("gtin14"))
        spellings = [gtin[zeros:] for gtin in gtins for zeros in (0, 1, 2, 6)]
        packages = self.env["product.uom"].sudo().search([("barcode", "in", spellings)])
        return taken | {package.barcode.zfill(14) for package in packages}

    @api.model
    def _line(self, offers, taken, fitting):
        """Return the values of the line of offers that are one product.

        :param set taken: GTINs that are not free; the line's is added
        :param dict fitting: ids of products that fit, by id of the offer
        """
        gtins = {offer.gtin.zfill(14): offer.gtin for offer in offers if offer.gtin}
        free = [gtin for padded, gtin in gtins.items() if padded not in taken]
        barcode = free[0] if len(gtins) == 1 and free else False
        taken.update(gtins if barcode else ())
        existing = {
            product for offer in offers for product in fitting.get(offer.id, ())
        }
        prices = [price for price in offers.mapped("company_price") if price > 0]
        return {
            "offer_keys": offers.ids,
            "name": next(filter(None, offers.mapped("name")), offers[0].code),
            "manufacturer": next(filter(None, offers.mapped("manufacturer")), False),
            "mpn": next(filter(None, offers.mapped("mpn")), False),
            "barcode": barcode,
            "barcode_note": self._barcode_note(gtins, barcode),
            "weight": next(filter(None, offers.mapped("weight")), 0),
            "standard_price": min(prices, default=0),
            "existing_product_id": min(existing) if len(existing) == 1 else False,
            "several_fit": len(existing) > 1,
            "chosen": not existing,
        }

    def _barcode_note(self, gtins, barcode):
        """Return why a product gets no barcode, or nothing."""
        if barcode or not gtins:
            return False
        if len(gtins) > 1:
            return self.env._("The distributors name different GTINs.")
        return self.env._("The GTIN belongs to another product.")

    def action_create(self):
        """Create the chosen products, and match their offers with them.

        Lines whose product exists match the offers with it instead.

        :return: a notification as a client action
        :raise AccessError: the user may not create products, or not match
        :raise UserError: nothing is chosen, or an offer got a product in the meantime
        """
        self.ensure_one()
        self.offer_ids._check_may_match()
        chosen = self.line_ids.filtered(
            lambda line: line.chosen and not line.several_fit
        )
        if not chosen:
            raise UserError(self.env._("Choose at least one product to create."))
        if chosen.offer_ids.product_id:
            raise UserError(
                self.env._(
                    "Some of these offers got a product in the meantime: start again."
                )
            )
        new = chosen.filtered(lambda line: not line.existing_product_id)
        products = self.env["product.product"].create(
            [line._product_values() for line in new]
        )
        product_of = dict(zip(new, products, strict=True))
        return self.offer_ids._decide(
            {
                offer: product_of.get(line) or line.existing_product_id
                for line in chosen
                for offer in line.offer_ids
            }
        )
