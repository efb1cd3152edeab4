"""Orders and twenty rules, in the words of the peer and in ours."""

import random

ORDERS = 1000
LINES = 5

#: name, peer's model, peer's type, peer's text, our rule
RULES = [
    # ten conditions, the same domain on both sides
    *[
        (
            name,
            model,
            "by_domain",
            domain,
            {"kind": "domain", "domain_model": model, "domain": domain},
        )
        for name, model, domain in (
            ("large order", "sale.order", "[('amount_total', '>', 15000)]"),
            ("no reference", "sale.order", "[('client_order_ref', '=', False)]"),
            ("foreign", "sale.order", "[('partner_id.country_id.code', '=', 'DE')]"),
            ("urgent", "sale.order", "[('note', 'ilike', 'urgent')]"),
            ("small order", "sale.order", "[('amount_untaxed', '<', 300)]"),
            ("high discount", "sale.order.line", "[('discount', '>', 25)]"),
            ("cheap", "sale.order.line", "[('price_unit', '<', 3)]"),
            ("heavy", "sale.order.line", "[('product_id.weight', '>', 45)]"),
            ("much", "sale.order.line", "[('product_uom_qty', '>', 95)]"),
            (
                "code",
                "sale.order.line",
                "[('product_id.default_code', '=like', 'Q19%')]",
            ),
        )
    ],
    # five on the order that the peer writes in Python
    (
        "customer on hold",
        "sale.order",
        "by_py_code",
        "failed = self.partner_id.ref == 'HOLD'",
        {"kind": "customer_hold", "held_partners": True},
    ),
    (
        "amount over 20,000",
        "sale.order",
        "by_py_code",
        "failed = self.amount_total > 20000",
        {"kind": "amount", "measure": "total", "amount_max": 20000},
    ),
    (
        "untaxed under 150",
        "sale.order",
        "by_py_code",
        "failed = sum(self.order_line.mapped('price_subtotal')) < 150",
        {
            "kind": "amount",
            "measure": "untaxed",
            "has_amount_max": False,
            "has_amount_min": True,
            "amount_min": 150,
        },
    ),
    (
        "product on hold",
        "sale.order",
        "by_py_code",
        "failed = any(l.product_id.default_code == 'Q007' for l in self.order_line)",
        {"kind": "product_hold", "recalled": True},
    ),
    (
        "at most 150 of a product",
        "sale.order",
        "by_py_code",
        "total = {}\n"
        "for l in self.order_line:\n"
        "    total[l.product_id.id] = total.get(l.product_id.id, 0)"
        " + l.product_uom_qty\n"
        "failed = any(q > 150 for q in total.values())",
        {"kind": "max_quantity", "max_quantity": 150},
    ),
    # five on the line that the peer writes in Python
    (
        "discount over 28 %",
        "sale.order.line",
        "by_py_code",
        "failed = self.discount > 28",
        {"kind": "amount", "measure": "discount", "amount_max": 28},
    ),
    (
        "packs of six",
        "sale.order.line",
        "by_py_code",
        "same = self.order_id.order_line.filtered("
        "lambda l: l.product_id == self.product_id)\n"
        "failed = self.product_id.weight == 6"
        " and sum(same.mapped('product_uom_qty')) % 6 != 0",
        {"kind": "multiple", "multiple_quantity": 6, "packed": True},
    ),
    (
        "no free goods",
        "sale.order.line",
        "by_py_code",
        "failed = self.price_subtotal < 1",
        {
            "kind": "domain",
            "domain_model": "sale.order.line",
            "domain": "[('price_subtotal', '<', 1)]",
        },
    ),
    (
        "costly piece",
        "sale.order.line",
        "by_py_code",
        "failed = self.price_unit > 98",
        {
            "kind": "domain",
            "domain_model": "sale.order.line",
            "domain": "[('price_unit', '>', 98)]",
        },
    ),
    (
        "large line",
        "sale.order.line",
        "by_py_code",
        "failed = self.price_subtotal > 6000",
        {
            "kind": "domain",
            "domain_model": "sale.order.line",
            "domain": "[('price_subtotal', '>', 6000)]",
        },
    ),
]


def make_products(env, count=200):
    chance = random.Random(7)
    return env["product.product"].create(
        [
            {
                "name": f"Bench {number}",
                "default_code": f"Q{number:03}",
                "list_price": chance.randint(2, 100),
                "weight": chance.randint(1, 50),
            }
            for number in range(count)
        ]
    )


def make_partners(env, count=100):
    countries = env["res.country"].search([("code", "in", ("US", "DE", "FR"))])
    return env["res.partner"].create(
        [
            {
                "name": f"Customer {number}",
                "country_id": countries[number % 3].id,
                "ref": "HOLD" if number % 25 == 0 else False,
            }
            for number in range(count)
        ]
    )


def make_orders(env, products, partners, count=ORDERS, lines=LINES):
    """Draft orders with random lines, made in portions: core is slow in large ones."""
    chance = random.Random(11)
    orders = env["sale.order"]
    for start in range(0, count, 50):
        orders |= orders.create(
            [
                _order_values(chance, products, partners, lines)
                for _order in range(min(50, count - start))
            ]
        )
        env.flush_all()
        env.invalidate_all()
    return orders


def _order_values(chance, products, partners, lines):
    return {
        "partner_id": chance.choice(partners.ids),
        "client_order_ref": chance.choice(("A1", "B2", "C3", False)),
        "note": "urgent" if chance.random() < 0.02 else "",
        "order_line": [
            (
                0,
                0,
                {
                    "product_id": chance.choice(products.ids),
                    "product_uom_qty": chance.randint(1, 100),
                    "discount": chance.choice((0, 0, 0, 10, 20, 30)),
                },
            )
            for _line in range(lines)
        ],
    }


def make_rules(env, products, partners):
    """Our twenty rules.

    :return: recordset in the order of :data:`RULES`
    """
    held = partners.filtered(lambda partner: partner.ref == "HOLD")
    marked = {
        "held_partners": ("partner_ids", held),
        "recalled": (
            "product_ids",
            products.filtered(lambda p: p.default_code == "Q007"),
        ),
        "packed": ("product_ids", products.filtered(lambda p: p.weight == 6)),
    }
    values = []
    for name, _model, _type, _text, rule in RULES:
        rule = dict(rule, name=name)
        for mark, (field, records) in marked.items():
            if rule.pop(mark, False):
                rule[field] = [(6, 0, records.ids)]
        values.append(rule)
    return env["sale.review.rule"].create(values)


def make_peer_rules(env):
    """The same rules for the peer.

    :return: recordset in the order of :data:`RULES`
    """
    return env["exception.rule"].create(
        [
            {
                "name": name,
                "description": name,
                "model": model,
                "exception_type": kind,
                **({"domain": text} if kind == "by_domain" else {"code": text}),
            }
            for name, model, kind, text, _rule in RULES
        ]
    )
