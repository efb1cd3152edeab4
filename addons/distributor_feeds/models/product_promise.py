from datetime import timezone

from odoo import fields, models

from ..promise import OWN, Supply, availability


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _promises(self, quantities=None, *, company=None, warehouse=None, own=True):
        """Tell what may be promised of these products, from own stock and distributors.

        Own stock is Odoo's free quantity. Of distributors counts what their services
        said a moment ago, else their last feed as long as it is fresh. The number of
        queries does not depend on the number of products. Distributors' packs and
        minimums are kept: nothing is promised that would leave a rest with us.

        :param dict quantities: wanted, by product id, in the product's unit; else 1
        :param company: ``res.company``; else the current one
        :param warehouse: ``stock.warehouse`` whose stock is the own one; else all of
            the company
        :param bool own: False leaves the own stock out
        :return: `promise.Availability` by product id; products without any stock to
            speak of (services, goods that nobody counts and nobody offers) are left out
        """
        company = (company or self.env.company).sudo()
        products = self.sudo()
        if self.env.companies != company:
            products = products.with_context(allowed_company_ids=company.ids)
        now = fields.Datetime.now()
        today, workdays = company._promise_calendar(now)
        supplies = products._distributor_supplies(company, now)
        if own:
            counted = products.with_context(
                warehouse_id=warehouse.id if warehouse else False
            )
            for product in counted.filtered("is_storable"):
                supplies.setdefault(product.id, []).append(
                    Supply(OWN, quantity=max(product.free_qty, 0.0))
                )
        quantities = quantities or {}
        return {
            product_id: availability(
                quantities.get(product_id, 1.0), there, today, workdays
            )
            for product_id, there in supplies.items()
        }

    def _distributor_supplies(self, company, now):
        """What distributors are known to have.

        :param datetime now: naive, UTC
        :return: lists of `promise.Supply` by product id; sources are ids of accounts
        """
        rows = self.env["distributor.offer"]._rows_of(self, company)
        supplies, terms = {}, {}
        for row in rows:
            terms.setdefault((row.product_id, row.account_id), row)
            supplies.setdefault(row.product_id, []).append(
                Supply(
                    source=row.account_id,
                    quantity=row.quantity or 0.0,
                    more=bool(row.more),
                    age_hours=row.data_at
                    and (now - row.data_at).total_seconds() / 3600,
                    incoming_qty=0.0 if row.end_of_life else row.incoming_qty or 0.0,
                    incoming_date=row.incoming_date,
                    min_qty=_bound(row.min_qty),
                    pack_qty=_bound(row.pack_qty),
                    **_trust(row),
                )
            )
        aware = now.replace(tzinfo=timezone.utc)
        answers = self.env["distributor.service"]._remembered(self, rows, company)
        for product_id, account_id, stock in answers:
            row = terms.get((product_id, account_id))
            if stock.quantity is None or not row:
                continue
            supplies[product_id].append(
                Supply(
                    source=account_id,
                    quantity=stock.quantity,
                    more=stock.quantity_more,
                    age_hours=(aware - stock.at).total_seconds() / 3600
                    if stock.at
                    else 0.0,
                    incoming_qty=stock.incoming_qty or 0.0,
                    incoming_date=stock.incoming_date,
                    min_qty=_bound(stock.min_qty or row.min_qty),
                    pack_qty=_bound(stock.pack_qty or row.pack_qty),
                    live=True,
                    **_trust(row),
                )
            )
        return supplies


def _bound(quantity):
    """A minimum or pack of one piece binds nobody: shops sell whole pieces."""
    return quantity if quantity and quantity > 1 else 0.0


def _trust(row):
    return {
        "safety_qty": row.safety_qty or 0.0,
        "stale_after_hours": row.stale_hours,
        "lead_days": row.lead_days or 0,
    }
