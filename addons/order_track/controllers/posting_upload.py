from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .. import posting
from ..posting.templates import example

_PER_PAGE = 20
# the form around the file
_FORM_BYTES = 1 << 16


class UploadDispatcher(http.HttpDispatcher):
    """Forms with a file: one that is too large is told so, before it is read."""

    routing_type = "track_upload"

    def handle_error(self, exc):
        """Lead back to the form with the reason."""
        if isinstance(exc, RequestEntityTooLarge):
            return self.request.redirect("/my/track/post?problem=too_big")
        return super().handle_error(exc)


class PostingUpload(CustomerPortal):
    """A distributor posts files, sees what they would change, and confirms."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count postings that wait for a confirmation."""
        values = super()._prepare_home_portal_values(counters)
        if "track_post_count" in counters:
            values["track_post_count"] = (
                request.env["track.post"].search_count([("state", "=", "draft")])
                if request.env["track.post"]._desk()
                else 0
            )
        return values

    def _check_desk(self):
        """:raise NotFound: the user posts nothing"""
        if not request.env["track.post"]._desk():
            raise NotFound

    def _own_post(self, post_id):
        """A posting of the user's company.

        :return: ``track.post``, with the rights of the user
        :raise NotFound: it is another's, or none
        """
        self._check_desk()
        post = request.env["track.post"].search(
            [("id", "=", post_id)] if 0 < post_id < 2**31 else [("id", "=", 0)]
        )
        if not post:
            raise NotFound
        return post

    @route(
        "/my/track/post",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        website=True,
    )
    def track_post_form(self, page=1, problem=None, kind=None, **kwargs):
        """Show the form, and what was posted before."""
        self._check_desk()
        posts = request.env["track.post"]
        page = int(page) if str(page).isdecimal() and len(str(page)) < 7 else 1
        pager = portal_pager(
            url="/my/track/post",
            total=posts.search_count([]),
            page=page,
            step=_PER_PAGE,
        )
        distributor = posts._desk()
        return self._show(
            problem=problem and self._too_big(),
            chosen=kind,
            kinds=self._kinds(distributor),
            posts=posts.search([], limit=_PER_PAGE, offset=pager["offset"]),
            pager=pager,
            max_bytes=posting.MAX_BYTES,
            too_big=self._too_big(),
        )

    def _show(self, **values):
        return request.render(
            "order_track.portal_post",
            {**self._prepare_portal_layout_values(), "page_name": "track_post",
             **values},
        )  # fmt: skip

    def _kinds(self, distributor):
        posts = request.env["track.post"]
        has_inventory = request.env["track.posted"]._has_inventory(distributor)
        return [
            (code, label, has_inventory or not posting.KINDS[code].inventory)
            for code, label in posts._fields["kind"]._description_selection(request.env)
        ]

    def _too_big(self):
        return request.env._(
            "The file is larger than %(limit)s MB: it was not read. Post it in parts, "
            "as changes.",
            limit=posting.MAX_BYTES >> 20,
        )

    @route(
        "/my/track/post",
        type="track_upload",
        auth="user",
        methods=["POST"],
        max_content_length=posting.MAX_BYTES + _FORM_BYTES,
        readonly=False,
        website=True,
    )
    def track_post_take(self, kind="", full="", file=None, **kwargs):
        """Take a file and show what it would change; nothing is changed yet."""
        self._check_desk()
        content = file.read(posting.MAX_BYTES + 1) if hasattr(file, "read") else b""
        posts = request.env["track.post"]
        try:
            posting.check_size(len(content))
            post = posts._take(kind, full == "full", file and file.filename, content)
            post._preview()
        except (UserError, posting.PostingError) as error:
            request.env.cr.rollback()
            text = (
                posts._trouble_text(error)
                if isinstance(error, posting.PostingError)
                else str(error)
            )
            return self._again(kind, text)
        return request.redirect(f"/my/track/post/{post.id}")

    def _again(self, kind, text):
        posts = request.env["track.post"]
        pager = portal_pager(
            url="/my/track/post", total=posts.search_count([]), page=1, step=_PER_PAGE
        )
        return self._show(
            problem=text,
            chosen=kind,
            kinds=self._kinds(posts._desk()),
            posts=posts.search([], limit=_PER_PAGE),
            pager=pager,
            max_bytes=posting.MAX_BYTES,
            too_big=self._too_big(),
        )

    @route(
        "/my/track/post/<int:post_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        website=True,
    )
    def track_post_page(self, post_id, problem=None, **kwargs):
        """Show what a posting would change, or did."""
        post = self._own_post(post_id)
        return request.render(
            "order_track.portal_post_page",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "track_post",
                "track_post": post,
                "problem": problem and request.env._(
                    "Another posting of this kind is running. Try again in a moment."
                ),
                "reasons": sorted(
                    (
                        (count, posts_text)
                        for reason, count in (post.reasons or {}).items()
                        for posts_text in [post._reason_word(reason)]
                    ),
                    reverse=True,
                ),
            },
        )  # fmt: skip

    @route(
        "/my/track/post/<int:post_id>/<any(confirm,drop):what>",
        type="http",
        auth="user",
        methods=["POST"],
        readonly=False,
    )
    def track_post_decide(self, post_id, what, **kwargs):
        """Load what was previewed, or drop it."""
        post = self._own_post(post_id).sudo()
        address = f"/my/track/post/{post_id}"
        # the second tap of one person is answered like the first
        if post.state == "draft" and what == "drop":
            post.state = "dropped"
        elif post.state == "draft":
            try:
                post._confirm()
            except UserError:
                request.env.cr.rollback()
                return request.redirect(f"{address}?problem=busy")
        return request.redirect(address)

    @route(
        "/my/track/post/<int:post_id>/rejects.csv",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def track_post_rejects(self, post_id, **kwargs):
        """Send the rows that were rejected, each with the reason."""
        post = self._own_post(post_id)
        return _csv(post._reject_rows(), f"rejected {post.id}")

    @route(
        "/my/track/post/template/<string:kind>.csv",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def track_post_template(self, kind, **kwargs):
        """Send a file with all columns of a kind, and a row to see how."""
        self._check_desk()
        if kind not in posting.KINDS:
            raise NotFound
        return _csv(example(posting.KINDS[kind]), kind)


def _csv(rows, name):
    return http.Response(
        posting.to_csv(rows),
        headers=[
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", content_disposition(f"{name}.csv")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ],
    )
