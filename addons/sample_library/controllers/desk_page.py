"""What both doors to the sample desk share: with a login, and by a signed link."""

from odoo.http import content_disposition, request

_PICKING = "sample_library.action_report_picking"
#: What a page may be told to say after a form was done.
MESSAGES = ("done", "repeat", "bins")


def is_number(text):
    """Whether a text is a number that may be one of a record, or of pieces."""
    return text.isdecimal() and len(text) < 10


def ticket(requests_sudo, printed_by):
    """Print picking tickets, and keep that they were printed.

    :param requests_sudo: ``sample.request`` that whoever prints may see
    :param str printed_by: a user, or the address of a signed link
    """
    requests_sudo._note_print(printed_by)
    report = request.env["ir.actions.report"].sudo()
    content, kind = report._render_qweb_pdf(_PICKING, requests_sudo.ids)
    name = requests_sudo.name if len(requests_sudo) == 1 else "batch"
    return request.make_response(
        content,
        headers=[
            ("Content-Type", "application/pdf" if kind == "pdf" else "text/html"),
            (
                "Content-Disposition",
                content_disposition(
                    f"picking-{name.replace('/', '-')}.{kind}", "inline"
                ),
            ),
        ],
    )


def page_values(
    request_sudo, base_url, *, names=True, form=None, outcome="", errors=()
):
    """What the page of one request shows, by whichever door.

    :param request_sudo: ``sample.request``
    :param str base_url: address of the page, to which the forms add theirs
    :param bool names: whether it may be told who asked for the same before
    :param form: what was typed, to be shown again
    :param str outcome: what became of the form
    :param dict errors: text per field
    :rtype: dict
    """
    return {
        **request_sudo._desk_page(names),
        "sample_request": request_sudo,
        "base_url": base_url,
        "form": form or {},
        "outcome": outcome,
        "errors": errors or {},
        "reasons": request_sudo._desk_reasons(),
    }
