"""Elements of a big XML document, one at a time, and nothing from outside of it."""

import re

from lxml import etree

from .contract import FormatError
from .trouble import corrupt, truncated

_CHUNK = 1 << 16
#: What stands before the root element: a declaration, comments, a document type.
_PROLOG = 1 << 14
_ASIDE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+[^\[>]*(\[|>)")
#: An element that is waited for may take so many times `Limits.max_record`: documents
#: of one item carry texts, features and addresses of pictures.
_PATIENCE = 16
_ENTITIES = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY,
    etree.ErrorTypes.WAR_UNDECLARED_ENTITY,
    etree.ErrorTypes.ERR_ENTITY_LOOP,
}
_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}


def root_name(head):
    """Name of the root element without prefix, from a file's beginning; or ``''``."""
    text = head.decode("latin-1").replace("\0", "")
    found = re.search(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]", text)
    return found[1] if found else ""


def local_name(element):
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _check_prolog(head, doctype):
    encoding = _BOMS.get(head[:2]) or _BOMS.get(head[:3])
    if not encoding and b"\0" in head[:4]:
        encoding = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    text = head.decode(encoding or "latin-1", "replace").lstrip("\ufeff")
    at = 0
    while found := _ASIDE.match(text, at):
        at = found.end()
    if not text.startswith("<!", at):
        return
    found = _DOCTYPE.match(text, at)
    if not doctype or not found or found[1] == "[":
        raise FormatError(
            "entity",
            "The XML file defines a document type of its own, with which files attack "
            "their readers. Ask for a file without <!DOCTYPE>.",
        )
    _check_prolog_end(text, found.end())


def _check_prolog_end(text, at):
    while found := _ASIDE.match(text, at):
        at = found.end()
    if text.startswith("<!", at):
        raise corrupt("it has two document types")


class ElementReader:
    """Hands out chosen elements and forgets all others.

    :param source: anything with ``peek`` and ``read``
    :param Limits limits: see there
    :param wanted: names (without namespace) of the elements to hand out; one inside of
        another is not handed out by itself
    :param dropped: names of elements that may be many and are not needed
    :param bool doctype: whether a document type may be named. It is never fetched, and
        what it might define counts as an error.
    """

    def __init__(self, source, limits, wanted, dropped=(), doctype=False):
        self._source = source
        self._patience = _PATIENCE * limits.max_record
        self._wanted, self._doctype = frozenset(wanted), doctype
        self._has_doctype = False
        head = source.peek(_PROLOG)
        _check_prolog(head, doctype)
        self._has_doctype = b"<!DOCTYPE" in head
        names = sorted({*wanted, *dropped})
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )

    def elements(self):
        """The elements, each whole; cleared once the next one is asked for.

        :rtype: Iterator[etree._Element]
        :raises FormatError: ``corrupt``, ``truncated``, ``encoding``, ``depth``,
            ``entity``, ``too_big``, and what reading raises
        """
        opened, silent = None, 0
        while data := self._source.read(_CHUNK):
            silent += len(data)
            for event, element in self._feed(data):
                silent = 0
                if opened is None and event == "start":
                    opened = element
                elif event == "end" and element is opened:
                    opened = None
                    if local_name(element) in self._wanted:
                        self._refuse_entities(element)
                        yield element
                    _forget(element)
            if silent > self._patience:
                raise FormatError(
                    "too_big",
                    f"The XML file has {silent} bytes without the end of an item. "
                    "Check that this is the right file and format.",
                    limit=self._patience,
                )
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            # Some errors stop the parser without a word until it is asked to finish.
            found = {one.type for one in error.error_log} & _ENTITIES
            raise (_no_entities() if found else truncated()) from error

    def _feed(self, data):
        """Events that a piece of the document ends."""
        try:
            self._parser.feed(data)
            yield from self._parser.read_events()
        except etree.XMLSyntaxError as error:
            raise _refusal(error) from error

    def _refuse_entities(self, element):
        if self._has_doctype and next(element.iter(etree.Entity), None) is not None:
            raise _no_entities()


def _no_entities():
    return FormatError(
        "entity",
        "The XML file uses names for letters (as in &auml;) that are defined "
        "elsewhere. Ask for a file with the letters themselves.",
    )


def _forget(element):
    """Free what was read, or the memory would grow with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refusal(error):
    errors = etree.ErrorTypes
    if error.code in (errors.ERR_INVALID_ENCODING, errors.ERR_UNSUPPORTED_ENCODING):
        return FormatError(
            "encoding", "The XML file is not written in the encoding that it names."
        )
    text = str(error)
    if "depth" in text:
        return FormatError("depth", "The XML file's elements are nested too deep.")
    if error.code in _ENTITIES:
        return _no_entities()
    return corrupt(f"it is no whole XML ({text[:100]})")


def leaves(element):
    """The texts of an element.

    :return: path of names below it, as in ``Item/Name`` -> the elements there that
        have no elements inside, in order
    :rtype: dict[str, list[etree._Element]]
    """
    found = {}
    _collect(element, "", found)
    return found


def _collect(element, path, found):
    for child in element:
        name = path + local_name(child)
        if len(child):
            _collect(child, name + "/", found)
        else:
            found.setdefault(name, []).append(child)


def text_of(found, *paths):
    """The first text that is there, of several paths of :func:`leaves`."""
    for path in paths:
        for element in found.get(path, ()):
            if element.text and (text := " ".join(element.text.split())):
                return text
    return ""


def children(element, *names):
    """Child elements with one of the names (without namespace), in order."""
    return [child for child in element if local_name(child) in names]
