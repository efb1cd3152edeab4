import io
import logging

import xlsxwriter
from werkzeug.exceptions import Forbidden

from odoo.http import Controller, content_disposition, request, route

_logger = logging.getLogger(__name__)

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DivisionXlsx(Controller):
    @route("/division/<int:order_id>/recipients.xlsx", type="http", auth="user")
    def division_recipients(self, order_id, **_kw):
        """Who gets what of a division order and where it is, as a worksheet."""
        order = request.env["sale.order"].browse(order_id).exists()
        if not order.sudo().division_id or not order._division_may_see_all(
            request.env.user
        ):
            _logger.warning(
                "User %s (%s) may not read the recipients of order %s",
                request.env.user.login,
                request.env.uid,
                order_id,
            )
            raise Forbidden
        order_sudo = order.sudo()
        return request.make_response(
            _worksheet(order_sudo),
            headers=[
                ("Content-Type", _TYPE),
                (
                    "Content-Disposition",
                    content_disposition(f"{order_sudo.name} recipients.xlsx"),
                ),
            ],
        )


def _worksheet(order):
    """The file, one row per recipient and one column per line of the order.

    :param order: ``sale.order`` record, with superuser rights
    :rtype: bytes
    """
    env = order.env
    lines = order.order_line.filtered(lambda line: line._is_divided())
    heads = [
        env._("No."),
        env._("Recipient"),
        env._("Address"),
        env._("Status"),
        env._("Tracking"),
        env._("Transfers"),
        *(line.product_id.display_name for line in lines),
    ]
    buffer = io.BytesIO()
    # names are text: a name that starts with "=" must not become a formula
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(env._("Recipients"))
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 2, 32)
    sheet.set_column(3, 5, 18)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    rows = order.recipient_ids
    states = dict(rows._fields["state"]._description_selection(env))
    for place, row in enumerate(rows, 1):
        sheet.write_number(place, 0, row.number)
        texts = (
            row.name,
            row.address_inline,
            states[row.state],
            row.tracking,
            ", ".join(row.picking_ids.mapped("name")),
        )
        for column, text in enumerate(texts, 1):
            sheet.write_string(place, column, text or "")
        for column, line in enumerate(lines, 6):
            sheet.write_number(place, column, _share(row, line))
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    book.close()
    return buffer.getvalue()


def _share(row, line):
    """How much of a line a recipient gets."""
    if row.is_skipped:
        return 0.0
    if row.is_cancelled:
        return (row.asked or {}).get(str(line.id), 0.0)
    return line.division_qty
