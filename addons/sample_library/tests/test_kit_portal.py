"""Kits in the portal: each change is a POST of one's own."""

from lxml import html

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_kit import KitCommon

URL = "/my/samples/kits"


@tagged("post_install", "-at_install")
class TestKitPortal(KitCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep_user = cls._portal("kit_rep", cls.rep)
        cls.showroom = cls._portal("kit_center", cls.center)
        cls.kit = cls._kit(cls.rep_user, name="Reps Lobby")
        cls.shared = cls._kit(library_id=cls.library.id, name="Shared Hall")

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _get(self, url=URL):
        self.env.flush_all()
        return self.url_open(url)

    def _post(self, path, **values):
        self.env.flush_all()
        values.setdefault("csrf_token", http.Request.csrf_token(self))
        response = self.url_open(f"{URL}/{path}", data=values)
        self.env.invalidate_all()
        return response

    def _draft(self, user):
        return self.env["sample.order"].search(
            [("user_id", "=", user.id), ("source", "=", "portal")]
        )

    def test_own_and_shared(self):
        for user, seen, not_seen in (
            (self.rep_user, "Reps Lobby", "Shared Hall"),
            (self.showroom, "Shared Hall", "Reps Lobby"),
        ):
            self._login(user)
            page = self._get().text
            self.assertIn(seen, page)
            self.assertIn("Willow Sage", page)
            self.assertNotIn(not_seen, page)
            self.assertFalse(self._draft(user))
        self.assertNotIn("/rename", page)

    def test_on_the_order_in_one_tap(self):
        self._login(self.rep_user)
        (form,) = html.fromstring(self._get().text).xpath(
            f"//form[@action='{URL}/{self.kit.id}/put']"
        )
        page = self._post(f"{self.kit.id}/put", **dict(form.form_values()))
        self.assertIn("The kit is on your order", page.text)
        draft = self._draft(self.rep_user)
        self.assertEqual((len(draft), draft.state), (1, "draft"))
        self.assertEqual(draft.rep_id, self.rep)
        self.assertEqual(draft.line_ids.mapped("quantity"), [2, 1])
        # tapped twice: the same form comes again
        page = self._post(f"{self.kit.id}/put", **dict(form.form_values()))
        self.assertIn("The kit is on your order", page.text)
        self.assertEqual(draft.line_ids.mapped("quantity"), [2, 1])
        self.assertIn("Tap again", self._post(f"{self.kit.id}/put").text)
        self._post(f"{self.kit.id}/put", key="of the next page")
        self.assertEqual(self._draft(self.rep_user), draft)
        self.assertEqual(draft.line_ids.mapped("quantity"), [4, 2])

    def test_kept_renamed_deleted(self):
        self._login(self.showroom)
        page = self._post("keep", name="Early").text
        self.assertIn("Put samples of a library on your order first", page)
        self._post(f"{self.shared.id}/put", key="x")
        draft = self._draft(self.showroom)
        self.assertEqual(draft.library_id, self.library)
        self.assertIn("Keep what is on your order", self._get().text)
        self.assertIn("Give the kit a name", self._post("keep", name=" \x00 ").text)
        self._post("keep", name="<b>Mine</b>", shared="1")
        kit = self.env["sample.kit"].search([("user_id", "=", self.showroom.id)])
        self.assertRecordValues(
            kit,
            [{"name": "<b>Mine</b>", "library_id": self.library.id, "piece_count": 3}],
        )
        self.assertIn("&lt;b&gt;Mine", self._get().text)
        self.assertIn("new name", self._post(f"{kit.id}/rename", name="Ours").text)
        self.assertEqual(kit.name, "Ours")
        self._post(f"{kit.id}/delete")
        self.assertFalse(kit.exists())

    def test_not_those_of_others(self):
        self._login(self.showroom)
        for path, values in (
            (f"{self.kit.id}/put", {"key": "x"}),
            (f"{self.kit.id}/rename", {"name": "X"}),
            (f"{self.kit.id}/delete", {}),
            (f"{self.shared.id}/rename", {"name": "X"}),
            (f"{self.shared.id}/delete", {}),
            ("999999999/delete", {}),
        ):
            with self.subTest(path):
                self.assertIn("alert-danger", self._post(path, **values).text)
        self.assertEqual(self.kit.name, "Reps Lobby")
        self.assertEqual(self.shared.name, "Shared Hall")
        self.assertFalse(self._draft(self.showroom))

    def test_nothing_by_a_link(self):
        """A GET changes nothing, and a POST without the token neither."""
        self._login(self.rep_user)
        for path in ("put", "rename?name=X", "delete"):
            self.assertIn(
                self._get(f"{URL}/{self.kit.id}/{path}").status_code, (404, 405)
            )
            with mute_logger("odoo.http"):
                response = self._post(f"{self.kit.id}/{path}", csrf_token="no")
            self.assertEqual(response.status_code, 400)
        self.assertEqual(self.kit.name, "Reps Lobby")
        self.assertFalse(self._draft(self.rep_user))

    def test_without_any_rights(self):
        self._user("kit_plain")
        self.authenticate("sample_kit_plain", "sample_kit_plain")
        self.assertIn("No kit yet", self._get().text)

    def test_portal_users_call_no_method(self):
        for name in ("write", "unlink", "action_new_tag"):
            args = [{"name": "X"}] if name == "write" else []
            with self.subTest(name), self.assertRaises(AccessError):
                self._call(self.rep_user, self.kit, name, *args)
        with self.assertRaises(AccessError):
            self._call(self.rep_user, self.env["sample.kit"], "create", {"name": "X"})
