"""What employees can reach, with and without a role in the trade network."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_security import READABLE, SecurityCommon

EXPORT = "base.group_allow_export"


@tagged("post_install", "-at_install")
class TestSecurityOffice(SecurityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._employee("user", "trade_network.group_trade_user", EXPORT)
        cls.manager = cls._employee(
            "manager", "trade_network.group_trade_manager", EXPORT
        )

    def test_employee_without_the_group(self):
        contacts = self._employee("contacts", "base.group_partner_manager", EXPORT)
        for user in (self._employee("plain"), contacts):
            for model in READABLE:
                self._assert_reads_nothing(user, model)
                self._assert_changes_nothing(user, model)
            with self.assertRaises(AccessError):
                self._call(user, self.alto, "read", ["trade_relation_ids"])

    def test_contact_form_opens_for_everybody(self):
        for user in (self._employee("plain"), self.user, self.manager):
            partner = self.env["res.partner"].with_user(user)
            arch = partner.get_view(False, "form")["arch"]
            with self.subTest(user=user.login):
                self.assertEqual(
                    "trade_relation_ids" in arch, user in (self.user, self.manager)
                )
                names = self._field_names(arch)
                self._call(user, self.alto, "web_read", {name: {} for name in names})

    def test_user_reads(self):
        for model, records in self.everything.items():
            self.assertEqual(self._seen(self.user, model), set(records))
            self._assert_changes_nothing(self.user, model)

    def test_manager_writes(self):
        for model, records in self.everything.items():
            self.assertEqual(self._seen(self.manager, model), set(records))
            self._assert_changes_everything(self.manager, model)

    def test_roles_and_services(self):
        for records in (self.roles["showroom"], self.service):
            self._call(self.user, records, "read", ["name"])
            with self.assertRaises(AccessError):
                self._call(self.user, records, "write", {"name": "Mine"})
            self._call(self.manager, records, "write", {"name": "Ours"})
            self.assertEqual(records.name, "Ours")

    def test_manager_does_not_choose_groups(self):
        """Who could would make himself, or anybody, what he likes."""
        role = self.roles["showroom"]
        with self.assertRaises(AccessError):
            self._call(
                self.manager,
                role,
                "write",
                {"group_id": self.env.ref("base.group_portal").id},
            )
        with self.assertRaises(AccessError):
            self._call(self.manager, role, "read", ["group_id"])

    def test_other_company(self):
        for records in self.everything.values():
            for record in records.values():
                record.company_id = self.there
        for model in READABLE:
            for user in (self.user, self.manager):
                self.assertFalse(self._seen(user, model))
            for record in self.everything[model].values():
                for method, *args in (("write", {"company_id": False}), ("unlink",)):
                    with self.assertRaises(AccessError):
                        self._call(self.manager, record, method, *args)
        self._in_company(self.user, self.there)
        for model, records in self.everything.items():
            self.assertEqual(self._seen(self.user, model), set(records))

    def test_manager_does_not_write_into_another_company(self):
        for model in READABLE:
            vals = {**self._vals(model), "company_id": self.there.id}
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._call(self.manager, self.env[model], "create", vals)
            record = next(iter(self.everything[model].values()))
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._call(self.manager, record, "write", {"company_id": self.there.id})
