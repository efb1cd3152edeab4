from odoo import api, fields, models

from ..mapping import TARGETS


class DistributorFeedReject(models.Model):
    _inherit = "distributor.feed.reject"

    reason_text = fields.Char("Why", compute="_compute_reason_text")

    @api.depends("reason", "detail")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        texts = self._reason_texts()
        ids = {(reject.detail or {}).get("old_currency_id") for reject in self} - {None}
        currencies = {
            one.id: one.name
            for one in self.env["res.currency"]
            .sudo()
            .with_context(active_test=False)
            .search([("id", "in", list(ids))])
        }
        for reject in self:
            detail = reject.detail or {}
            price, currency = detail.get("old_price"), detail.get("old_currency_id")
            target = TARGETS.get(detail.get("target"))
            # A code that is not known here still has the words that came with it.
            text = (
                texts.get(reject.reason) or detail.get("message") or reject.reason or ""
            )
            if reject.reason in texts:
                text %= {
                    "field": target.label if target else "",
                    "value": (detail.get("value") or "")[:80],
                    "price": "–" if price is None else f"{price:g}",
                    "currency": currencies.get(currency, ""),
                    "message": detail.get("message") or "",
                }
            reject.reason_text = text

    @api.model
    def _reason_texts(self):
        """Return the words for each reason, with places for what they are about."""
        return {
            "price_jump": self.env._(
                "The price moves by more than this feed allows; it was %(price)s "
                "%(currency)s."
            ),
            "price_zero": self.env._(
                "The price falls to zero; it was %(price)s %(currency)s."
            ),
            "currency": self.env._("The currency is not %(currency)s any more."),
            "duplicate": self.env._(
                "The file names this article more than once, and says different things."
            ),
            "columns": self.env._(
                "The row has more or fewer cells than the file has columns."
            ),
            "code_missing": self.env._("The distributor's code is empty."),
            "missing": self.env._("%(field)s is empty."),
            "not_a_number": self.env._("%(field)s: “%(value)s” is not a number."),
            "not_a_quantity": self.env._(
                "%(field)s: “%(value)s” is no number of pieces."
            ),
            "not_a_date": self.env._(
                "%(field)s: “%(value)s” is not a date as the format expects it."
            ),
            "not_a_boolean": self.env._(
                "%(field)s: “%(value)s” is neither yes nor no."
            ),
            "not_breaks": self.env._(
                "%(field)s: “%(value)s” cannot be read as prices from a quantity."
            ),
            "out_of_range": self.env._(
                "%(field)s: “%(value)s” is too large, too small or too far away."
            ),
            "negative": self.env._("%(field)s: “%(value)s” is below zero."),
            "too_long": self.env._("%(field)s is too long."),
            "bad_character": self.env._(
                "%(field)s holds a character that cannot be read."
            ),
            "unknown_currency": self.env._(
                "The currency “%(value)s” is not known or not active."
            ),
            "unknown_unit": self.env._("The unit “%(value)s” is not known."),
        }
