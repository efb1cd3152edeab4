"""Automation rules confirm orders when something else happens to them."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from odoo.addons.order_review.tests.doors import HttpDoorCase


@tagged("post_install", "-at_install")
class TestDoorsAutomation(HttpDoorCase):
    def setUp(self):
        super().setUp()
        self._login(self.salesman_all)

    def _automate(self, **action):
        """Have something done to quotations that are given a reference."""
        model = self.env.ref("sale.model_sale_order")
        return self.env["base.automation"].create(
            {
                "name": "Confirm when a reference is given",
                "model_id": model.id,
                "trigger": "on_create_or_write",
                "filter_domain": "[('client_order_ref', '!=', False), "
                "('state', '=', 'draft')]",
                "action_server_ids": [
                    Command.create(
                        {
                            "name": "Confirm",
                            "model_id": model.id,
                            "usage": "base_automation",
                            **action,
                        }
                    )
                ],
            }
        )

    def _refer(self, order):
        self._call("sale.order", "write", order.ids, {"client_order_ref": "PO 1"})

    def test_confirm_by_code(self):
        self._automate(state="code", code="records.action_confirm()")
        self._check_door(self._refer)

    def test_write_of_the_state(self):
        automation = self._automate(state="object_write")
        # the path is forgotten when it is given together with the model
        automation.action_server_ids.write({"update_path": "state", "value": "sale"})
        self._check_door(self._refer)

    def test_webhook(self):
        automation = self._automate(state="code", code="records.action_confirm()")
        automation.write(
            {
                "trigger": "on_webhook",
                "record_getter": "model.browse(int(payload['order']))",
            }
        )

        def door(order):
            self.env.flush_all()
            url = f"/web/hook/{automation.webhook_uuid}"
            response = self.opener.post(
                self.base_url() + url, json={"order": order.id}, timeout=60
            )
            self.env.invalidate_all()
            return response

        with mute_logger("odoo.addons.base_automation.models.base_automation"):
            held = self._check_door(door, told=lambda response: not response.ok)
        self.assertEqual(held.state, "draft")
