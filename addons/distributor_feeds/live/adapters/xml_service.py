"""Services that speak XML, SOAP among them.

A SOAP call is one document sent and one received, so a template and paths are enough.
zeep would first fetch and read the service's description and its schemas: seconds, in
every worker, from addresses that the description names, and through a library whose
timeouts hold per read and not for the whole call.
"""

import re
from xml.sax.saxutils import escape

from lxml import etree

from ..vocabulary import Trouble
from .base import register
from .rows import RowsAdapter

MOST_DEPTH = 40
# Signs that XML 1.0 does not have, section 2.2.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Encodings in which "<!DOCTYPE" is written in ASCII.
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_PLAIN_ENCODINGS = re.compile(rb"(utf-8|us-ascii|iso-8859-\d+|windows-125\d)\Z", re.I)


@register("xml")
class XmlAdapter(RowsAdapter):
    """See `RowsAdapter`. ``body`` and ``line`` are texts; what is filled in is escaped.
    SOAP 1.1 wants the option ``headers`` to hold ``SOAPAction``. Paths start below the
    root element; names are compared without namespace, ``@name`` is an attribute,
    ``*`` every child."""

    accepts = "application/xml, text/xml, application/soap+xml"
    sends = "text/xml"

    def body(self, template, items):
        lines = ""
        if line := self.service.options.get("line"):
            lines = "".join(self.fill(line, (item,), _escaped) for item in items)
        before, place, after = template.partition("{lines}")
        text = self.fill(before, items, _escaped)
        if place:
            text += lines + self.fill(after, items, _escaped)
        return text.encode()

    def parse(self, data):
        encoding = _ENCODING.match(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        if encoding and not _PLAIN_ENCODINGS.match(encoding.group(1)):
            raise ValueError("an encoding that could hide a document type")
        if b"\0" in data or b"<!DOCTYPE" in data:
            raise ValueError("a document type: nothing a service needs")
        # Made anew: a parser is not shared between threads.
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise ValueError("no XML") from None
        _check_depth(root)
        return root

    def rows(self, root, path):
        above, _point, last = path.rpartition(".")
        places = list(_walk(root, above))
        if not places:
            raise Trouble("content")
        for place in places:
            yield from _step(place, last) if last else (place,)

    def text(self, row, path):
        path, at, attribute = path.partition("@")
        for node in _walk(row, path.rstrip(".")):
            if not at:
                return "".join(node.itertext())
            for name, value in node.attrib.items():
                if etree.QName(name).localname == attribute:
                    return value
        return None


def _escaped(text):
    return escape(_NO_XML.sub("", text), {'"': "&quot;", "'": "&apos;"})


def _check_depth(root):
    depth = 0
    for event, _node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise ValueError("nested too deep")


def _walk(node, path):
    nodes = [node]
    for step in path.split(".") if path else ():
        nodes = [after for before in nodes for after in _step(before, step)]
    return iter(nodes)


def _step(node, step):
    if step == "^":
        parent = node.getparent()
        return [] if parent is None else [parent]
    return [child for child in node if step in ("*", etree.QName(child.tag).localname)]
