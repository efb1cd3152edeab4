"""What browsers send, and what the page that follows a form has to say."""

from odoo.http import request

_TOLD = "sample_library_told"
# of what was typed, so much comes back
_MOST = 3000
# more than any number of pieces has
_DIGITS = 10


def whole(text):
    """The id or the number in a form; 0 where it is none.

    Odd digits, signs and numbers that no id reaches count as none.

    :param text: what came with the request, of any type
    :rtype: int
    """
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def typed_pieces(form):
    """Pieces per line of an order, as they were typed.

    :param dict form: what came with the request
    :return: texts by name of the field, which is ``qty_<id of the line>``
    :rtype: dict[str, str]
    """
    return {
        name: str(value)[:_DIGITS]
        for name, value in form.items()
        if name.startswith("qty_")
    }


def tell(text="", level="success", *, form=None, undo=None):
    """Leave something for the page that is shown next.

    :param str text: a sentence
    :param str level: ``success``, ``warning`` or ``danger``
    :param dict form: what was typed and not taken, by names of fields
    :param dict undo: hidden fields of the form that takes the change back
    """
    request.session[_TOLD] = {
        "text": text,
        "level": level,
        "form": {
            name: str(value)[:_MOST]
            for name, value in (form or {}).items()
            if name != "csrf_token"
        },
        "undo": undo or {},
    }


def told():
    """What the page before left, once.

    :rtype: dict
    """
    return request.session.pop(_TOLD, None) or {"text": "", "form": {}, "undo": {}}
