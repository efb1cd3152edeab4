from odoo import fields, models
from odoo.tools import SQL

_DAYS = 90


class SampleSaleReport(models.Model):
    """Samples of products, and the orders that followed.

    A row per sample that was lent or shipped. An order line counts for the last sample
    of its product that the customer got before, so nothing is counted twice.
    """

    _name = "sample.sale.report"
    _description = "Samples That Became Orders"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "item_id"
    # what must be written before the view is read, besides what the other report reads
    _depends = {
        "product.product": ["standard_price"],
        "res.partner": ["commercial_partner_id"],
        "sale.order": [
            "company_id",
            "currency_rate",
            "date_order",
            "partner_id",
            "state",
        ],
        "sale.order.line": ["order_id", "price_subtotal", "product_id"],
        "sample.item": ["product_id"],
        "sample.loan": ["item_id", "lent_at", "person_id"],
        "sample.request.entry": ["answered_at", "item_id", "kind", "person_id"],
        "sample.usage.report": ["date", "item_id", "kind", "person_id", "quantity"],
    }

    date = fields.Datetime(readonly=True, help="When it was lent or shipped.")
    source = fields.Selection(
        [("loan", "Loans"), ("request", "Requests")], readonly=True
    )
    item_id = fields.Many2one("sample.item", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    distributor_id = fields.Many2one("res.partner", readonly=True)
    person_id = fields.Many2one("res.partner", string="Designer", readonly=True)
    customer_id = fields.Many2one(
        "res.partner", readonly=True, help="The firm of the designer."
    )
    library_id = fields.Many2one("sample.library", readonly=True)
    showroom_id = fields.Many2one("res.partner", readonly=True)
    rep_id = fields.Many2one("res.partner", string="Sales Rep", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    samples = fields.Integer(readonly=True, help="A loan, or a shipment.")
    won = fields.Integer(
        readonly=True, help="Samples after which the customer ordered the product."
    )
    rate = fields.Float(
        string="Won (%)",
        readonly=True,
        aggregator="avg",
        help="Of a hundred samples, how many were won.",
    )
    revenue = fields.Monetary(
        readonly=True,
        help="Of the orders that followed, without taxes, in the company's currency.",
    )
    cost = fields.Monetary(
        readonly=True,
        help="What the pieces cost that were shipped, at today's cost of the product. "
        "Loans come back and cost nothing.",
    )
    cost_per_won = fields.Monetary(
        readonly=True,
        aggregator="avg",
        help="Cost of all samples, divided by the number of those that were won.",
    )
    days_to_order = fields.Float(
        readonly=True,
        aggregator="avg",
        help="From the sample to the first order, on average over samples won.",
    )

    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: a quotient of sums is no average of quotients."""
        if aggregate_spec != "cost_per_won:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(query.table, "cost", query),
            self._field_to_sql(query.table, "won", query),
        )

    def _days(self):
        """Within how many days an order counts.

        :rtype: int
        """
        given = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("sample_library_sale.days", str(_DAYS))
        )
        return int(given) if given.isdecimal() and len(given) < 6 else _DAYS

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT sample.id, sample.date, sample.source, sample.item_id,
                   sample.product_id, sample.distributor_id, sample.person_id,
                   sample.customer_id, sample.library_id, sample.showroom_id,
                   sample.rep_id, sample.company_id, sample.currency_id,
                   1 AS samples,
                   (sold.first_at IS NOT NULL)::int AS won,
                   CASE WHEN sold.first_at IS NULL THEN 0.0 ELSE 100.0 END AS rate,
                   COALESCE(sold.revenue, 0) AS revenue,
                   sample.cost,
                   CASE WHEN sold.first_at IS NOT NULL THEN sample.cost
                   END AS cost_per_won,
                   EXTRACT(EPOCH FROM sold.first_at - sample.date)::float8 / 86400
                       AS days_to_order
              FROM (%(samples)s) sample
         LEFT JOIN LATERAL (
                   SELECT min(orders.date_order) AS first_at,
                          sum(line.price_subtotal
                              / COALESCE(NULLIF(orders.currency_rate, 0), 1)
                          ) AS revenue
                     FROM sale_order_line line
                     JOIN sale_order orders ON orders.id = line.order_id
                     JOIN res_partner buyer ON buyer.id = orders.partner_id
                    WHERE line.product_id = sample.product_id
                      AND orders.state = 'sale'
                      AND orders.company_id = sample.company_id
                      AND buyer.commercial_partner_id = sample.customer_id
                      AND orders.date_order >= sample.date
                      AND orders.date_order <= sample.date + %(days)s * interval '1 day'
                      AND (sample.next_at IS NULL
                           OR orders.date_order < sample.next_at)
                   ) sold ON TRUE
            """,
            samples=self._samples(),
            days=self._days(),
        )

    def _samples(self):
        """What was lent and shipped, with when the customer got the next one."""
        return SQL(
            """
            SELECT used.id, used.date, used.source, used.item_id, item.product_id,
                   used.distributor_id, used.person_id, used.library_id,
                   used.showroom_id, used.rep_id, used.company_id, used.currency_id,
                   person.commercial_partner_id AS customer_id,
                   CASE WHEN used.source = 'loan' THEN 0
                        ELSE used.quantity * COALESCE(
                            (product.standard_price ->> used.company_id::text)::numeric,
                            0)
                   END AS cost,
                   LEAD(used.date) OVER (
                       PARTITION BY used.company_id, item.product_id,
                                    person.commercial_partner_id
                           ORDER BY used.date, used.id) AS next_at
              FROM (%s) used
              JOIN sample_item item ON item.id = used.item_id
              JOIN product_product product ON product.id = item.product_id
              JOIN res_partner person ON person.id = used.person_id
             WHERE used.kind IN ('lent', 'shipped')
            """,
            self.env["sample.usage.report"]._table_query,
        )
