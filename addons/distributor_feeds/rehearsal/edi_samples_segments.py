"""Documents of X12 and EDIFACT; see :mod:`.edi_samples`."""

from .edi_samples_item import steps


def _compact(date):
    return date.replace("-", "")


class _Segments:
    """Writes and counts segments.

    :param marks: element separator, component separator, segment terminator, and, where
        there is one, the release character
    """

    def __init__(self, marks, line_end):
        self.element, self.component, self.terminator, *release = marks
        self.release = release[0] if release else ""
        self.line_end = line_end
        self.count = 0

    def text(self, value):
        special = self.element + self.component + self.terminator + self.release
        if not any(one in special for one in value):
            return value
        if not self.release:
            raise ValueError(f"{value!r} holds a separator, and X12 cannot release it")
        return "".join(self.release * (one in special) + one for one in value)

    def _join(self, separator, values):
        while values and not values[-1]:
            values = values[:-1]
        return separator.join(map(self.text, values))

    def write(self, *elements):  # pylint: disable=method-required-super
        """A segment; an element that is a tuple has components."""
        self.count += 1
        parts = [
            self._join(self.component, one)
            if isinstance(one, tuple)
            else self.text(one)
            for one in elements
        ]
        while not parts[-1]:
            parts.pop()
        text = self.element.join(parts)
        return text + self.terminator + self.line_end


# ---------------------------------------------------------------------- X12


def _x12(kind, group, release, begin, details, items, marks, line_end, control):
    out = _Segments(marks, line_end)
    number = f"{control:09}"
    version = "00401" if release == "004010" else "00501"
    # The only segment of fixed length, and the one that names the separators.
    isa = ("ISA", "00", " " * 10, "00", " " * 10, "ZZ", f"{'SENDER':15}", "ZZ")
    isa += (f"{'RECEIVER':15}", "261123", "0930", "U" if version == "00401" else "^")
    isa += (version, number, "0", "P", out.component)
    yield out.element.join(isa) + out.terminator + line_end
    yield out.write(
        "GS", group, "SENDER", "RECEIVER", "20261123", "0930", "1", "X", release
    )
    out.count = 0
    yield out.write("ST", kind, "0001") + begin(out)
    count = 0
    for count, item in enumerate(items, 1):  # noqa: B007 -- used below
        ids = []
        for name, code in (
            ("vendor_part", "VP"),
            ("manufacturer_part", "MG"),
            ("gtin", "EN"),
            ("buyer_part", "BP"),
        ):
            if item.get(name):
                ids += [code, item[name]]
        yield out.write("LIN", str(count), *ids) + details(out, item)
    yield out.write("CTT", str(count))
    yield out.write("SE", str(out.count + 1), "0001")
    yield out.write("GE", "1", "1") + out.write("IEA", "1", number)


def _x12_prices(out, item):
    unit = item.get("unit", "EA")
    text = ""
    if item.get("list_price"):
        text += out.write("CTP", "", "LPR", item["list_price"])
    for quantity, price in steps(item):
        text += out.write("CTP", "", "UCP", price, quantity, unit if quantity else "")
    if item.get("currency"):
        text += out.write("CUR", "SE", item["currency"])
    return text


def _x12_description(out, item):
    if not item.get("description"):
        return ""
    return out.write("PID", "F", "", "", "", item["description"])


def x12_846(items, release="004010", marks="*>~", line_end="\n", control=1):
    """Inventory advice.

    :param items: see above; written are codes, description, prices, currency, quantity
        with its warehouse, and what is incoming
    :param str release: ``004010`` or ``005010``
    :param str marks: separators of elements and components, terminator
    :param str line_end: after each segment
    :param int control: number of the interchange
    :rtype: Iterator[str]
    """

    def begin(out):
        return out.write("BIA", "00", "SI", f"REPORT{control}", "20261123", "0930")

    def details(out, item):
        text = _x12_description(out, item) + _x12_prices(out, item)
        unit = item.get("unit", "EA")
        if item.get("quantity"):
            text += out.write("QTY", "33", item["quantity"], unit)
        if item.get("quantity_incoming"):
            date = _compact(item.get("incoming_date", ""))
            kind = "018" if date else ""
            text += out.write(
                "SCH", item["quantity_incoming"], unit, "", "", kind, date
            )
        if item.get("warehouse"):
            text += out.write("LS", "REF") + out.write("REF", "WS", item["warehouse"])
            text += out.write("LE", "REF")
        return text

    return _x12("846", "IB", release, begin, details, items, marks, line_end, control)


def x12_832(items, release="004010", marks="*>~", line_end="\n", control=1):
    """Price catalogue; parameters as of :func:`x12_846`."""

    def begin(out):
        return out.write("BCT", "PS", f"PRICES{control}") + out.write(
            "DTM", "009", "20261123"
        )

    def details(out, item):
        text = ""
        if item.get("end_of_life"):
            text += out.write("G53", "002")
        for name, code in (("price_from", "007"), ("price_until", "036")):
            if item.get(name):
                text += out.write("DTM", code, _compact(item[name]))
        if item.get("min_qty"):
            text += out.write("CTB", "OR", "", "57", item["min_qty"])
        text += _x12_description(out, item)
        if item.get("pack_qty"):
            text += out.write("PO4", item["pack_qty"], "1", item.get("unit", "EA"))
        return text + _x12_prices(out, item)

    return _x12("832", "SC", release, begin, details, items, marks, line_end, control)


# ---------------------------------------------------------------------- EDIFACT


def _edifact(kind, release, begin, details, items, marks, line_end, charset, control):
    component, element, decimal, escape_with, terminator = marks
    out = _Segments((element, component, terminator, escape_with), line_end)
    yield f"UNA{component}{element}{decimal}{escape_with} {terminator}{line_end}"
    parties = ("4012345500004", "14"), ("5412345000020", "14"), ("261123", "0930")
    yield out.write("UNB", (charset, "3"), *parties, str(control))
    out.count = 0
    edition = {"96A": "EAN004", "01B": "EAN007"}[release]
    yield out.write("UNH", "ME000001", (kind, "D", release, "UN", edition)) + begin(out)
    count = 0
    for count, item in enumerate(items, 1):  # noqa: B007 -- used below
        code, rest = ("", ""), []
        if item.get("gtin"):
            code = (item["gtin"], "EN" if release == "96A" else "SRV")
        for name, qualifier in (
            ("vendor_part", "SA"),
            ("manufacturer_part", "MF"),
            ("buyer_part", "BP"),
        ):
            if item.get(name):
                rest.append((item[name], qualifier))
        action = "2" if item.get("end_of_life") else ""
        text = out.write("LIN", str(count), action, code)
        if rest:
            text += out.write("PIA", "5", *rest)
        if item.get("description"):
            text += out.write("IMD", "F", "", ("", "", "", item["description"]))
        yield text + details(out, item)
    yield out.write("UNS", "S") + out.write("CNT", ("2", str(count)))
    yield out.write("UNT", str(out.count + 1), "ME000001")
    yield out.write("UNZ", "1", str(control))


def invrpt(
    items, release="96A", marks=":+.?'", line_end="\n", charset="UNOC", control=1
):
    """Inventory report.

    :param items: see above; written are codes, description, quantity with its
        warehouse, and what is incoming
    :param str release: ``96A`` or ``01B``
    :param str marks: component, element, decimal mark, release, terminator
    :param str charset: syntax identifier; encode the text as it says
    :rtype: Iterator[str]
    """
    decimal = marks[2]

    def begin(out):
        return (
            out.write("BGM", "35", f"INVR{control}", "9")
            + out.write("DTM", ("137", "20261123", "102"))
            + out.write("NAD", "SU", ("4012345500004", "", "9"))
        )

    def details(out, item):
        unit = item.get("unit", "")
        groups = []
        if item.get("quantity"):
            groups.append(("145", item["quantity"], ""))
        if item.get("quantity_incoming"):
            date = _compact(item.get("incoming_date", ""))
            groups.append(("113", item["quantity_incoming"], date))
        text = ""
        for qualifier, quantity, date in groups:
            number = quantity.replace(".", decimal)
            text += out.write("QTY", (qualifier, number, unit))
            if item.get("warehouse"):
                text += out.write("LOC", "18", (item["warehouse"], "", "92"))
            if date:
                text += out.write("DTM", ("69", date, "102"))
        return text

    return _edifact(
        "INVRPT", release, begin, details, items, marks, line_end, charset, control
    )


def pricat(
    items, release="96A", marks=":+.?'", line_end="\n", charset="UNOC", control=1
):
    """Price catalogue; parameters as of :func:`invrpt`."""
    decimal = marks[2]

    def begin(out):
        return (
            out.write("BGM", "9", f"PL{control}", "9")
            + out.write("DTM", ("137", "20261123", "102"))
            + out.write("NAD", "SU", ("4012345500004", "", "9"))
            + out.write("PGI", "11")
        )

    def details(out, item):
        text = ""
        for name, code in (("min_qty", "53"), ("pack_qty", "52")):
            if item.get(name):
                text += out.write("QTY", (code, item[name].replace(".", decimal)))
        for name, code in (("price_from", "157"), ("price_until", "36")):
            if item.get(name):
                text += out.write("DTM", (code, _compact(item[name]), "102"))
        unit, basis = item.get("unit", ""), item.get("price_quantity", "")
        prices = [("AAA", quantity, price) for quantity, price in steps(item)]
        if item.get("list_price"):
            prices.append(("AAB", "", item["list_price"]))
        for kind, quantity, price in prices:
            number = price.replace(".", decimal)
            text += out.write("PRI", (kind, number, "", "", basis, unit))
            if item.get("currency"):
                text += out.write("CUX", ("2", item["currency"], "8"))
            if quantity:
                text += out.write("RNG", "4", (unit, quantity))
        return text

    return _edifact(
        "PRICAT", release, begin, details, items, marks, line_end, charset, control
    )
