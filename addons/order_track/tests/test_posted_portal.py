"""The desk of a distributor posts files in the portal, over real HTTP."""

import re
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers import posting_upload
from .common_posted import PostedCommon
from .test_posted_load import ORDERS


@tagged("post_install", "-at_install")
class TestPostedPortal(PostedCommon, HttpCase):
    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _upload(self, content, kind="order", full="delta"):
        return self.url_open(
            "/my/track/post",
            data={
                "kind": kind,
                "full": full,
                "csrf_token": http.Request.csrf_token(self),
            },
            files={"file": ("orders.csv", content)},
        )

    def _press(self, post, what):
        return self.url_open(
            f"/my/track/post/{post.id}/{what}",
            data={"csrf_token": http.Request.csrf_token(self)},
        )

    def _posts(self):
        return self.env["track.post"].search([("distributor_id", "=", self.mills.id)])

    def test_preview_then_confirm(self):
        self._login(self.desk)
        page = self.url_open("/my/track/post")
        self.assertEqual(page.status_code, 200)
        answer = self._upload("\n".join(ORDERS))
        post = self._posts()
        self.assertEqual(answer.url.rsplit("/", 1)[1], str(post.id), answer.text[:500])
        self.assertIn("Hotel Sun", answer.text)
        self.assertFalse(self._found("order", "1001"))
        done = self._press(post, "confirm")
        self.assertEqual(done.status_code, 200)
        self.assertEqual(post.state, "done")
        self.assertTrue(self._found("order", "1001"))
        # the second tap of one person
        self.assertEqual(self._press(post, "confirm").status_code, 200)
        self.assertEqual(len(self._posts()), 1)

    def test_drop(self):
        self._login(self.desk)
        self._upload("\n".join(ORDERS))
        post = self._posts()
        self._press(post, "drop")
        self.assertEqual(post.state, "dropped")
        self._press(post, "confirm")
        self.assertFalse(self._found("order", "1001"))

    def test_get_changes_nothing(self):
        self._login(self.desk)
        self._upload("\n".join(ORDERS))
        post = self._posts()
        for what in ("confirm", "drop"):
            answer = self.url_open(f"/my/track/post/{post.id}/{what}")
            self.assertEqual(answer.status_code, 405)
        self.assertEqual(post.state, "draft")

    def test_without_a_token(self):
        self._login(self.desk)
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/my/track/post", data={"kind": "order"}, files={"file": ("a", "b")}
            )
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._posts())

    def test_rejected_rows(self):
        self._login(self.desk)
        self._upload("\n".join([*ORDERS, "=1+1;NOBODY;;;2026-03-04;1;A;;1;0;"]))
        post = self._posts()
        self._press(post, "confirm")
        self.assertEqual((post.created, post.rejected), (2, 1))
        file = self.url_open(f"/my/track/post/{post.id}/rejects.csv")
        text = file.content.decode("utf-8-sig")
        self.assertIn("The account number is not known here.", text)
        self.assertIn("'=1+1", text)

    def test_postings_of_others(self):
        self._login(self.desk)
        self._upload("\n".join(ORDERS))
        post = self._posts()
        for user in (self.other_desk, self.clerk, self.rep, self.designer):
            self._login(user)
            for path in ("", "/rejects.csv"):
                answer = self.url_open(f"/my/track/post/{post.id}{path}")
                self.assertEqual(answer.status_code, 404, user.login)
            self.assertEqual(self._press(post, "confirm").status_code, 404)
        self.assertEqual(post.state, "draft")
        for user in (self.clerk, self.rep, self.designer):
            self._login(user)
            self.assertEqual(self.url_open("/my/track/post").status_code, 404)
            self.assertEqual(self._upload("a").status_code, 404)

    def test_files_that_are_too_large(self):
        self._login(self.desk)
        page = self.url_open("/my/track/post?problem=too_big")
        self.assertIn("larger than 128 MB", page.text)
        routing = posting_upload.PostingUpload.track_post_take.original_routing
        with patch.dict(routing, max_content_length=1000):
            self.env.registry.clear_cache("routing")
            answer = self._upload("x" * 5000)
        self.env.registry.clear_cache("routing")
        self.assertIn("larger than 128 MB", answer.text)
        self.assertFalse(self._posts())

    def test_what_is_wrong_is_said(self):
        self._login(self.desk)
        self.assertIn("There is nothing in the file.", self._upload("").text)
        self.assertIn("account_number", self._upload("a,b\n1,2").text)
        self.assertIn("inventory", self._upload("item_code\nA", "stock").text)
        self.assertIn("Choose what", self._upload("a", "nothing").text)

    def test_templates(self):
        self._login(self.desk)
        page = self.url_open("/my/track/post").text
        links = set(re.findall(r"/my/track/post/template/\w+\.csv", page))
        self.assertEqual(len(links), 7)
        for link in links:
            self.assertEqual(self.url_open(link).status_code, 200)
        self.assertEqual(
            self.url_open("/my/track/post/template/nothing.csv").status_code, 404
        )

    def test_the_home_page(self):
        self._login(self.desk)
        self.assertIn("/my/track/post", self.url_open("/my/home").text)
        self._login(self.clerk)
        self.assertNotIn("/my/track/post", self.url_open("/my/home").text)
