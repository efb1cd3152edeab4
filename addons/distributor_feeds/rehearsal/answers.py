"""What the rehearsal distributor's services answer: JSON, and SOAP 1.1."""

import json
from xml.sax.saxutils import escape

from lxml import etree

from . import goods
from .files import record

#: Codes in one question.
MAX_CODES = 500

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_OURS = "urn:rehearsal:stock"


class BadQuestion(ValueError):
    """The question cannot be read."""


def json_codes(body):
    """Codes out of ``{"codes": ["RD0000001", …]}``.

    :raise BadQuestion: with the reason
    """
    try:
        codes = json.loads(body)["codes"]
    except (ValueError, TypeError, KeyError):
        raise BadQuestion('Send {"codes": ["RD0000001", …]}.') from None
    return _checked(codes)


def json_answer(seed, codes, revision, share):
    """:rtype: bytes"""
    found = [record(one) for one in _known(seed, codes, revision, share)]
    missing = sorted(set(codes) - {one["code"] for one in found})
    return json.dumps({"items": found, "unknown": missing}).encode()


def soap_codes(body):
    """Codes out of a ``GetStock`` envelope.

    :raise BadQuestion: with the reason
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise BadQuestion("Send a SOAP 1.1 envelope.") from None
    return _checked([node.text for node in root.iter(f"{{{_OURS}}}code")])


def soap_answer(seed, codes, revision, share):
    """:rtype: bytes"""
    found = "".join(
        "<r:item>"
        + "".join(
            f"<r:{name}>{escape(str(value))}</r:{name}>"
            for name, value in record(one).items()
        )
        + "</r:item>"
        for one in _known(seed, codes, revision, share)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<s:Envelope xmlns:s="{_SOAP}" xmlns:r="{_OURS}"><s:Body>'
        f"<r:GetStockResponse>{found}</r:GetStockResponse></s:Body></s:Envelope>"
    ).encode()


def soap_question(codes):
    """The envelope that asks for codes, as a client sends it.

    :rtype: bytes
    """
    inner = "".join(f"<r:code>{escape(code)}</r:code>" for code in codes)
    return (
        f'<s:Envelope xmlns:s="{_SOAP}" xmlns:r="{_OURS}"><s:Body>'
        f"<r:GetStock>{inner}</r:GetStock></s:Body></s:Envelope>"
    ).encode()


def _checked(codes):
    if not isinstance(codes, list) or not all(isinstance(one, str) for one in codes):
        raise BadQuestion("Codes are a list of texts.")
    if not 0 < len(codes) <= MAX_CODES:
        raise BadQuestion(f"Ask for 1 to {MAX_CODES} codes.")
    return codes


def _known(seed, codes, revision, share):
    found = (goods.item(seed, code, revision, share) for code in codes)
    return [one for one in found if one]
