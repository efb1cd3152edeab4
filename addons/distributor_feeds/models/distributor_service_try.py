from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from .. import live


class DistributorService(models.Model):
    _inherit = "distributor.service"

    try_code = fields.Char(
        "Code to Try", copy=False, help="A code of the distributor that exists."
    )
    try_state = fields.Selection(
        [("live", "The service answered."), *live.MESSAGES.items()],
        "Result",
        readonly=True,
        copy=False,
    )
    try_answer = fields.Text("Answer", readonly=True, copy=False)
    try_seconds = fields.Float("Seconds", readonly=True, copy=False, digits=(6, 3))

    def action_ask_now(self):
        """Ask the service about one code and keep what came back on the form."""
        self.check_access("write")
        for service in self:
            if not service.try_code:
                raise UserError(
                    self.env._("Enter a code of the distributor to ask for.")
                )
            product = (
                self.env["distributor.offer"]
                .search(
                    [
                        ("account_id", "=", service.account_id.id),
                        ("code", "=", service.try_code),
                    ],
                    limit=1,
                )
                .product_id
            )
            item = live.Item(
                code=service.try_code,
                mpn=product.mpn or "",
                gtin=product.barcode or "",
                ref="tried",
            )
            answer = live.ask(
                [(service._live_service(service._secrets()), [item])],
                service.timeout,
                breakers=live.Breakers(),
                cache=live.Cache(),
                policy=service._policy(),
            )[service.id]
            if answer.status == "live":  # whatever failed before is over
                live.memory_of(self.env.cr.dbname).breakers.record(service.id, True)
                service.breaker = False
            service.write(
                {
                    "try_state": answer.reason or answer.status,
                    "try_seconds": answer.seconds,
                    "try_answer": "\n".join(
                        service._told(stock) for stock in answer.items.get("tried", ())
                    ),
                }
            )

    def _told(self, stock):
        """What a service told, in one line.

        :param stock: ``live.Stock``
        """
        parts = [stock.warehouse] if stock.warehouse else []
        if stock.quantity is not None:
            pieces = (
                formatLang(self.env, stock.quantity, digits=2).rstrip("0").rstrip(".,")
            )
            more = "+" if stock.quantity_more else ""
            parts.append(self.env._("%s in stock", f"{pieces}{more}"))
        if stock.incoming_qty:
            parts.append(
                self.env._(
                    "%(quantity)g expected %(date)s",
                    quantity=stock.incoming_qty,
                    date=stock.incoming_date or "?",
                )
            )
        if stock.price is not None:
            parts.append(f"{stock.price} {stock.currency}".strip())
        return ", ".join(parts)
