"""Projects and tasks confirm the quotation of the service they are made for."""

from odoo.tests import tagged

from odoo.addons.order_review.tests.doors import HttpDoorCase


@tagged("post_install", "-at_install")
class TestDoorsProject(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._user(
            "planner",
            "sales_team.group_sale_salesman_all_leads,project.group_project_manager",
        )
        cls.project = cls.env["project.project"].create(
            {
                "name": "Review Project",
                "allow_billable": True,
                "partner_id": cls.customer.id,
            }
        )

    def setUp(self):
        super().setUp()
        self._login(self.planner)

    def _quotation(self, quantity):
        return self._order((self.display, quantity), (self.service, 1))

    def _service_line(self, order):
        return order.order_line.filtered(lambda line: line.product_id == self.service)

    def test_project_on_a_quotation(self):
        self._check_door(
            lambda order: self._call(
                "project.project",
                "create",
                {
                    "name": "For the quotation",
                    "allow_billable": True,
                    "partner_id": self.customer.id,
                    "sale_line_id": self._service_line(order).id,
                },
            )
        )

    def test_task_on_a_quotation(self):
        self._check_door(
            lambda order: self._call(
                "project.task",
                "create",
                {
                    "name": "For the quotation",
                    "project_id": self.project.id,
                    "partner_id": self.customer.id,
                    "sale_line_id": self._service_line(order).id,
                },
            )
        )

    def test_line_of_a_task(self):
        def door(order):
            task = self.env["project.task"].create(
                {
                    "name": "First without a line",
                    "project_id": self.project.id,
                    "partner_id": self.customer.id,
                }
            )
            self._call(
                "project.task",
                "write",
                task.ids,
                {"sale_line_id": self._service_line(order).id},
            )

        self._check_door(door)

    def test_order_made_from_a_task(self):
        def create(quantity):
            task = self.env["project.task"].create(
                {
                    "name": "Asks for an order",
                    "project_id": self.project.id,
                    "partner_id": self.customer.id,
                }
            )
            order_id = self._call(
                "sale.order",
                "create",
                {
                    "partner_id": self.customer.id,
                    "order_line": [
                        [0, 0, {"product_id": product.id, "product_uom_qty": number}]
                        for product, number in (
                            (self.display, quantity),
                            (self.service, 1),
                        )
                    ],
                },
                context={"create_for_task_id": task.id},
            )
            self.assertEqual(self.env["sale.order"].browse(order_id).state, "sale")

        create(11)
        self._rule()
        create(3)
        before = self.env["sale.order"].search_count([])
        self._assert_refused(create, 11)
        self.assertEqual(self.env["sale.order"].search_count([]), before)
