"""Random orders and rules: whichever door an order takes, the verdict is the same."""

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..exceptions import ReviewError
from .common import ReviewCommon

PRODUCTS = st.sampled_from(["one", "other", "third"])
SEVERITIES = st.sampled_from(["inform", "warn", "approve", "block", "block"])

LINES = st.lists(
    st.fixed_dictionaries(
        {
            "product": PRODUCTS,
            "quantity": st.integers(-3, 14),
            "dozens": st.booleans(),
            "discount": st.sampled_from([0, 0, 10, 50]),
        }
    ),
    min_size=1,
    max_size=4,
)

RULES = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["max_quantity", "quota"]),
                "severity": SEVERITIES,
                "max_quantity": st.integers(0, 30),
                "quantity_per": st.sampled_from(["product", "template"]),
                "products": st.sets(PRODUCTS),
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("product_hold"),
                "severity": SEVERITIES,
                "products": st.sets(PRODUCTS, min_size=1, max_size=1),
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("multiple"),
                "severity": SEVERITIES,
                "multiple_quantity": st.integers(1, 6),
                "products": st.sets(PRODUCTS),
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("amount"),
                "severity": SEVERITIES,
                "measure": st.sampled_from(["total", "untaxed"]),
                "amount_max": st.integers(0, 900),
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("amount"),
                "severity": SEVERITIES,
                "measure": st.just("discount"),
                "amount_max": st.integers(0, 40),
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("domain"),
                "severity": SEVERITIES,
                "domain_model": st.just("sale.order.line"),
                "domain": st.sampled_from(
                    ["[('product_uom_qty', '>', 7)]", "[('discount', '>', 0)]"]
                ),
            }
        ),
    ),
    min_size=1,
    max_size=3,
)


@tagged("post_install", "-at_install")
class TestDoorsAgree(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = cls.env["product.product"].create(
            [
                cls._product_vals(name, type="service", list_price=price)
                for name, price in (("one", 10), ("other", 30), ("third", 7))
            ]
        )
        cls.uom_unit = cls.env.ref("uom.product_uom_unit")
        cls.by_name = {product.name: product for product in products}
        history = cls._order((products[0], 5), (products[1], 5))
        history.action_confirm()

    def _make_rules(self, rules):
        for values in copy.deepcopy(rules):
            products = [self.by_name[name].id for name in values.pop("products", ())]
            self._rule(product_ids=[Command.set(products)], **values)

    def _order_values(self, lines):
        return {
            "partner_id": self.customer.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": self.by_name[line["product"]].id,
                        "product_uom_qty": line["quantity"],
                        "discount": line["discount"],
                        "product_uom_id": (
                            self.dozen if line["dozens"] else self.uom_unit
                        ).id,
                    }
                )
                for line in lines
            ],
        }

    def _passes(self, door):
        """Go through a door and come back as if nothing had been.

        :return: whether the order was confirmed
        """
        savepoint = self.env.cr.savepoint()
        try:
            order = door()
            self.env.flush_all()
            return order.state == "sale"
        except ReviewError:
            return False
        finally:
            savepoint.close(rollback=True)

    def _doors(self, order, values):
        """Every door, as a function that returns the order that took it."""

        def write():
            order.write({"state": "sale"})
            return order

        def rpc():
            model = order.browse().with_user(self.salesman_all)
            call_kw(model, "action_confirm", [order.ids], {})
            return order

        def button():
            order.with_user(self.salesman_all).action_review_confirm()
            return order

        def paid():
            amount = max(order.amount_total, 1)
            tx = self._tx(order, "authorized", amount=amount)
            tx._post_process()
            self.assertTrue(tx.is_post_processed)
            return order

        def confirm():
            order.action_confirm()
            return order

        return {
            "confirm": confirm,
            "write": write,
            "rpc": rpc,
            "button": button,
            "paid": paid,
            "born": lambda: order.create({**values, "state": "sale"}),
            "copied": lambda: order.copy({"state": "sale"}),
        }

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(lines=LINES, rules=RULES)
    def test_doors_agree(self, lines, rules):
        savepoint = self.env.cr.savepoint()
        try:
            values = self._order_values(lines)
            order = self.env["sale.order"].create(values)
            self._make_rules(rules)
            findings = self.env["sale.review.engine"]._evaluate(order)
            free = not [f for f in findings if f.severity != "inform"]
            order._review_touch()
            self.assertEqual(order.review_state == "clear", free)
            verdicts = {
                name: self._passes(door)
                for name, door in self._doors(order, values).items()
            }
            self.assertEqual(verdicts, dict.fromkeys(verdicts, free), findings)
        finally:
            savepoint.close(rollback=True)
            self.env.registry.clear_cache()
