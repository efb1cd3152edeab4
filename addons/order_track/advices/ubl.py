"""UBL 2.1 DespatchAdvice, also as Peppol BIS Despatch Advice 3 uses it.

Source: OASIS UBL 2.1, UBL-DespatchAdvice-2.1; Peppol BIS Despatch Advice 3.
"""

from lxml import etree

from .contract import Advice, AdviceError, AdvisedItem, AdvisedParcel, day, number, text

_LARGEST = 2 << 20
_SPACES = {
    "a": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "b": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2}DespatchAdvice"
# where senders put the number that is followed, best first
_NUMBERS = (
    "a:Shipment/a:Consignment/b:CarrierAssignedID",
    "a:Shipment/b:ID",
)
_UNIT = "a:Shipment/a:TransportHandlingUnit/b:ID"
_CODES = (
    "a:Item/a:BuyersItemIdentification/b:ID",
    "a:Item/a:StandardItemIdentification/b:ID",
    "a:Item/a:SellersItemIdentification/b:ID",
    "a:Item/b:Name",
)
_EXPECTED = (
    "a:Shipment/a:Delivery/a:EstimatedDeliveryPeriod/b:EndDate",
    "a:Shipment/a:Delivery/a:EstimatedDeliveryPeriod/b:StartDate",
    "a:Shipment/a:Delivery/a:RequestedDeliveryPeriod/b:EndDate",
)


def from_ubl(document):
    """Read a UBL DespatchAdvice.

    Handling units are the parcels; where there are none, the carrier's or the
    shipment's number is the only one and holds all lines.

    :param document: the XML, as text or bytes
    :rtype: Advice
    :raise AdviceError: with what is wrong
    """
    root = _parse(document)
    lines = root.findall("a:DespatchLine", _SPACES)
    items = {}
    for line in lines:
        unit = text(line.findtext(_UNIT, "", _SPACES))
        quantity = number(line.findtext("b:DeliveredQuantity", "0", _SPACES))
        code = _first(line, _CODES)
        if code and quantity:
            items.setdefault(unit, []).append(AdvisedItem(code, quantity))
    units = {
        text(unit.findtext("b:ID", "", _SPACES)): unit
        for unit in root.findall("a:Shipment/a:TransportHandlingUnit", _SPACES)
    }
    units.pop("", None)
    if units:
        parcels = [
            AdvisedParcel(name, _weight(unit), tuple(items.get(name, ())))
            for name, unit in units.items()
        ]
    else:
        every = tuple(item for some in items.values() for item in some)
        name = _first(root, _NUMBERS)
        parcels = [AdvisedParcel(name, _weight(root), every)] if name else []
    return Advice(
        order=_first(root, ("a:OrderReference/b:ID",)),
        ref=_first(root, ("b:ID",)),
        parcels=tuple(parcels),
        expected_on=day(_first(root, _EXPECTED)),
    )


def _parse(document):
    raw = document.encode() if isinstance(document, str) else document
    if not isinstance(raw, bytes) or len(raw) > _LARGEST:
        raise AdviceError("It is larger than 2 MB, or no XML.")
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise AdviceError("It defines a document type of its own. Leave that out.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise AdviceError(f"It is not well-formed XML: {text(error)}.") from error
    if root.tag != _ROOT:
        raise AdviceError("It is not a UBL 2.1 DespatchAdvice.")
    return root


def _first(element, paths):
    """The first of several texts that is there."""
    for path in paths:
        if found := text(element.findtext(path, "", _SPACES)):
            return found
    return ""


def _weight(element):
    """Gross weight, in the unit that the sender and we use."""
    for path in (
        "a:MeasurementDimension[b:AttributeID='AAB']/b:Measure",
        "b:GrossWeightMeasure",
        "a:Shipment/b:GrossWeightMeasure",
    ):
        if found := element.findtext(path, "", _SPACES):
            return number(found)
    return 0.0
