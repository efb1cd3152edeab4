from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.quick_order_list import STATUSES
from ..quick import (
    MAX_BYTES,
    MAX_ROWS,
    TableError,
    read_table,
    read_text,
    to_csv,
    to_xlsx,
)

#: Where lists are pasted, shown and added.
LIST_URL = "/shop/quick_order/list"

#: Rows on one page of the preview.
_PAGE = 200

#: What a browser may send; files above ``MAX_BYTES`` are refused with a message.
_MAX_CONTENT = 4 * MAX_BYTES

_WRITERS = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        to_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class QuickOrderList(CustomerPortal):
    """Pages to paste or upload a list, look at what was found, and add it."""

    @route(
        LIST_URL,
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        max_content_length=_MAX_CONTENT,
    )
    def quick_list(self, text="", upload=None, **_post):
        """The form; a list that was sent is looked up and shown."""
        error = None
        if request.httprequest.method == "POST":
            try:
                name, table = self._quick_list_read(text, upload)
            except TableError as problem:
                error = self._quick_list_error(problem)
            else:
                made = request.env["sale.quick.list"]._make(
                    name, table, request.website
                )
                return request.redirect(f"{LIST_URL}/{made.id}")
        return request.render(
            "order_entry.quick_list_form",
            {
                "error": error,
                "text": text[:MAX_BYTES],
                "max_rows": MAX_ROWS,
                "max_megabytes": MAX_BYTES // 1024 // 1024,
            },
        )

    def _quick_list_read(self, text, upload):
        """Name and rows of what was sent; a file counts before pasted text.

        :raise TableError: where it cannot be used
        """
        if getattr(upload, "filename", ""):
            # one byte more than is allowed tells that it is too large
            content = upload.read(MAX_BYTES + 1)
            return upload.filename, read_table(content, upload.filename)
        return request.env._("Pasted list"), read_text(text)

    def _quick_list_error(self, problem):
        """What to do about a file that cannot be used."""
        limit = problem.values.get("limit", 0)
        return {
            "empty": lambda: request.env._(
                "There is nothing in it: paste rows with a code and a quantity, or "
                "choose a file."
            ),
            "bytes": lambda: request.env._(
                "The file is too large: at most %(limit)s MB.", limit=limit
            ),
            "rows": lambda: request.env._(
                "The list has more than %(limit)s rows and nothing of it was taken. "
                "Split it into several lists.",
                limit=f"{limit:,}",
            ),
            "encoding": lambda: request.env._(
                "The letters of the file cannot be read. Save it as “CSV UTF-8” or "
                "XLSX."
            ),
            "format": lambda: request.env._(
                "This is not a CSV or XLSX file. Save your list as one of these."
            ),
            "xlsx": lambda: request.env._(
                "The XLSX file is damaged or protected. Save it again, or as CSV."
            ),
        }[problem.code]()

    def _quick_list_get(self, list_id):
        """The list, if it is the visitor's.

        :raise AccessError: or ``MissingError``, where it is not
        """
        found = request.env["sale.quick.list"].browse(list_id).exists()
        if not found:
            raise MissingError(request.env._("This list does not exist any more."))
        found.check_access("read")
        return found.sudo()  # prices, limits and cart stay those of the visitor

    @route(
        [f"{LIST_URL}/<int:list_id>", f"{LIST_URL}/<int:list_id>/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        sitemap=False,
    )
    def quick_list_preview(self, list_id, page=1, show="all", **_kw):
        """What was found of a list."""
        try:
            list_sudo = self._quick_list_get(list_id)
        except (AccessError, MissingError):
            return request.redirect(LIST_URL)
        show = show if show in STATUSES else "all"
        all_rows = list_sudo.rows
        rows = [row for row in all_rows if show in ("all", row["status"])]
        pages = pager(
            url=f"{LIST_URL}/{list_id}",
            url_args={"show": show},
            total=len(rows),
            page=page,
            step=_PAGE,
        )
        rows = rows[pages["offset"] : pages["offset"] + _PAGE]
        ids = {row["product_id"] for row in rows}
        ids.update(*(row["choices"] for row in rows))
        products = request.env["product.product"].browse(ids - {0})
        return request.render(
            "order_entry.quick_list_preview",
            {
                "quick_list": list_sudo,
                "rows": rows,
                "pager": pages,
                "show": show,
                "row_count": len(all_rows),
                "counts": list_sudo._counts(all_rows),
                "progress": list_sudo._progress(all_rows),
                "names": {p.id: p.display_name for p in products.sudo()},
                "uoms": {
                    uom.id: uom.name
                    for uom in request.env["uom.uom"].browse(
                        {row["uom_id"] for row in rows} - {0}
                    )
                },
            },
        )

    @route(
        f"{LIST_URL}/<int:list_id>/bad.<string:kind>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def quick_list_bad(self, list_id, kind, **_kw):
        """The rows that were not added, to mend and send again."""
        try:
            list_sudo = self._quick_list_get(list_id)
        except (AccessError, MissingError):
            return request.redirect(LIST_URL)
        return self._quick_list_file(
            request.env._("bad rows"),
            kind,
            (
                request.env._("SKU"),
                request.env._("Quantity"),
                request.env._("Row"),
                request.env._("Reason"),
            ),
            [
                (row["code"], row["written"], row["n"], row["reason"])
                for row in list_sudo._bad_rows()
            ],
        )

    @route(
        f"{LIST_URL}/sample.<string:kind>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def quick_list_sample(self, kind, **_kw):
        """A list to begin with: products of the shop."""
        products = request.env["product.product"].search(
            [
                ("product_tmpl_id", "any", request.website.sale_product_domain()),
                ("default_code", "!=", False),
            ],
            limit=3,
        )
        codes = products.mapped("default_code") or ["ABC-1", "ABC-2"]
        return self._quick_list_file(
            request.env._("order list"),
            kind,
            ("SKU", "Quantity"),
            [(code, number) for number, code in enumerate(codes, 1)],
        )

    def _quick_list_file(self, name, kind, header, rows):
        if kind not in _WRITERS:
            raise request.not_found()
        write, mimetype = _WRITERS[kind]
        return request.make_response(
            write(header, rows),
            headers=[
                ("Content-Type", mimetype),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Disposition", content_disposition(f"{name}.{kind}")),
            ],
        )
