"""Names of carriers, and their tracking pages.

The addresses are those the carriers publish for links from shops. A link is made from
one of these templates only; what goes in is letters and digits, quoted nevertheless.
"""

import re
from urllib.parse import quote

from . import s10
from .normalise import normalise
from .recognise import Candidate, recognise

LABELS = {
    "amazon": "Amazon Logistics",
    "australia_post": "Australia Post",
    "austrian_post": "Österreichische Post",
    "bpost": "bpost",
    "canada_post": "Canada Post",
    "chronopost": "Chronopost",
    "correos": "Correos",
    "dhl_ecommerce": "DHL eCommerce",
    "dhl_express": "DHL Express",
    "dhl_parcel_de": "DHL Paket",
    "dpd": "DPD",
    "evri": "Evri",
    "fedex": "FedEx",
    "gls": "GLS",
    "hermes": "Hermes",
    "la_poste": "La Poste",
    "lasership": "LaserShip",
    "ontrac": "OnTrac",
    "parcelforce": "Parcelforce",
    "poste_italiane": "Poste Italiane",
    "postnl": "PostNL",
    "postnord": "PostNord",
    "royal_mail": "Royal Mail",
    "sscc": "SSCC",
    "swiss_post": "Swiss Post",
    "tnt": "TNT",
    "ups": "UPS",
    "upu_s10": "International mail",
    "usps": "USPS",
}
_DHL = "https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}"
_ONTRAC = "https://www.ontrac.com/tracking/?number={number}"
_TEMPLATES = {
    "amazon": "https://track.amazon.com/tracking/{number}",
    "australia_post": "https://auspost.com.au/mypost/track/details/{number}",
    "austrian_post": "https://www.post.at/sv/sendungsdetails?snr={number}",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={number}",
    "canada_post": "https://www.canadapost-postescanada.ca/track-reperage/en"
    "#/search?searchFor={number}",
    "chronopost": "https://www.chronopost.fr/tracking-no-cms/suivi-page"
    "?listeNumerosLT={number}",
    "correos": "https://www.correos.es/es/es/herramientas/localizador/envios/detalle"
    "?tracking-number={number}",
    "dhl_ecommerce": _DHL,
    "dhl_express": _DHL,
    "dhl_parcel_de": "https://www.dhl.de/de/privatkunden/pakete-empfangen/"
    "verfolgen.html?piececode={number}",
    "dpd": "https://tracking.dpd.de/status/en_US/parcel/{number}",
    "evri": "https://www.evri.com/track/parcel/{number}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={number}",
    "gls": "https://gls-group.com/GROUP/en/parcel-tracking?match={number}",
    "hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/"
    "sendungsinformation#{number}",
    "la_poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    # LaserShip and OnTrac are one company and one page.
    "lasership": _ONTRAC,
    "ontrac": _ONTRAC,
    "parcelforce": "https://www.parcelforce.com/track-trace?trackNumber={number}",
    "poste_italiane": "https://www.poste.it/cerca/index.html"
    "#/risultati-spedizioni/{number}",
    "postnl": "https://postnl.nl/tracktrace/?B={number}",
    "postnord": "https://tracking.postnord.com/en/?id={number}",
    "royal_mail": "https://www.royalmail.com/track-your-item"
    "#/tracking-results/{number}",
    "swiss_post": "https://service.post.ch/ekp-web/ui/entry/search/{number}",
    "tnt": "https://www.tnt.com/express/en_gc/site/tracking.html"
    "?searchType=con&cons={number}",
    "ups": "https://www.ups.com/track?tracknum={number}",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
}
# Pages of the country the parcel goes to.
_BY_COUNTRY = {
    ("dpd", "FR"): "https://trace.dpd.fr/fr/trace/{number}",
    ("dpd", "GB"): "https://track.dpd.co.uk/parcels/{number}",
}
# Pages that show more, or anything at all, when they know the postcode.
_WITH_POSTCODE = {
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={number}"
    "&postalCode={postcode}",
    "postnl": "https://jouw.postnl.nl/track-and-trace/{number}-{country}-{postcode}",
}
# Operators of the Universal Postal Union by the country in the identifier.
_BY_OPERATOR = {
    "CZ": "https://www.postaonline.cz/trackandtrace/-/zasilka/cislo"
    "?parcelNumbers={number}",
    "FI": "https://www.posti.fi/en/tracking#/lahetys/{number}",
    "IE": "https://www.anpost.com/Post-Parcels/Track/History?item={number}",
    "JP": "https://trackings.post.japanpost.jp/services/srv/search/"
    "?requestNo1={number}&locale=en",
    "NO": "https://sporing.posten.no/sporing/{number}",
    "NZ": "https://www.nzpost.co.nz/tools/tracking?trackid={number}",
    "PL": "https://emonitoring.poczta-polska.pl/?numer={number}",
}
_COUNTRY = re.compile("[A-Z]{2}", re.ASCII).fullmatch
_POSTCODE = re.compile("[0-9A-Z]{2,10}", re.ASCII).fullmatch


def label(carrier):
    """Name people know a carrier by.

    :param carrier: code, or a `Candidate`: mail of an operator without a code of its
        own is then named after the operator, "Japan Post"
    :return: the name; the code itself for an unknown one
    """
    if isinstance(carrier, Candidate):
        if carrier.carrier == "upu_s10" and carrier.country in s10.OPERATORS:
            return s10.OPERATORS[carrier.country]
        carrier = carrier.carrier
    return LABELS.get(carrier, carrier)


def link(carrier, number, country=None, postcode=None):
    """Address of the carrier's tracking page for a parcel.

    :param str carrier: code
    :param number: as typed, or as in `Candidate`
    :param country: ISO code of the country the parcel goes to; some carriers have
        several pages
    :param postcode: of the address the parcel goes to; some carriers ask for it
    :return: an https address; None when the carrier has no page that takes a number, or
        the number is none
    """
    number = normalise(number)
    if not number:
        return None
    for found in recognise(number, preferred=carrier)[:1]:
        if found.carrier == carrier:
            number = found.number
    country = _clean(country, _COUNTRY)
    postcode = _clean(postcode, _POSTCODE)
    template = _BY_COUNTRY.get((carrier, country)) or _TEMPLATES.get(carrier)
    if carrier == "upu_s10":
        template = _BY_OPERATOR.get(number[-2:])
    if postcode and (country or carrier == "bpost"):
        template = _WITH_POSTCODE.get(carrier, template)
    if template is None:
        return None
    return template.format(
        number=quote(number, safe=""),
        country=quote(country, safe=""),
        postcode=quote(postcode, safe=""),
    )


def _clean(value, fits):
    """:return: ``value`` in capitals without blanks and dashes; "" when it is odd"""
    if not isinstance(value, str):
        return ""
    value = value.replace(" ", "").replace("-", "").upper()
    return value if fits(value) else ""
