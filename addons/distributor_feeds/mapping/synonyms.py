"""Names of columns, as distributors give them in four languages."""

import re
import unicodedata

from .refused import Refused
from .rules import Rule
from .targets import TARGETS
from .values import date_converter

#: Target -> words a column's name may be; compared without accents, case and signs.
_NAMES = {
    "code": (
        "sku | code | item | item no | item number | item code | article | "
        "article no | article number | product code | product id | product no | "
        "supplier code | supplier sku | supplier part number | vendor sku | "
        "vendor part | "
        "part no | stock code | artikelnummer | artikelnr | artikel nr | art nr | "
        "artnr | artikel | bestellnummer | bestellnr | lieferantenartikelnummer | "
        "reference | ref | reference fournisseur | reference article | "
        "code article | code produit | referencia | codigo | codigo articulo | "
        "codigo producto | ref proveedor | supplier aid | material | materialnummer"
    ),
    "warehouse": (
        "warehouse | warehouse code | location | depot | branch | site | lager | "
        "lagerort | lagernummer | standort | entrepot | magasin | almacen | "
        "deposito"
    ),
    "name": (
        "name | description | title | product name | item name | "
        "item description | product | short description | bezeichnung | "
        "artikelbezeichnung | beschreibung | kurztext | produktname | "
        "designation | libelle | nom | nom produit | descripcion | nombre | "
        "denominacion | titulo"
    ),
    "manufacturer": (
        "manufacturer | brand | vendor | maker | mfr | manufacturer name | "
        "hersteller | herstellername | marke | fabricant | marque | fabricante | "
        "marca"
    ),
    "mpn": (
        "mpn | manufacturer part number | manufacturer part no | "
        "manufacturer part | "
        "manufacturer sku | mfr part no | mfr part number | part number | "
        "partnumber | manufacturer aid | herstellernummer | hersteller nr | "
        "herstellerartikelnummer | hersteller artikelnummer | "
        "reference fabricant | ref fabricant | reference constructeur | "
        "referencia fabricante | numero de parte"
    ),
    "gtin": (
        "gtin | ean | ean code | ean13 | upc | upc code | barcode | bar code | "
        "international pid | strichcode | barcode ean | code barre | code barres | "
        "gencod | codigo de barras | isbn"
    ),
    "category": (
        "category | product group | product category | group | family | "
        "kategorie | warengruppe | produktgruppe | categorie | famille | "
        "categoria | familia"
    ),
    "weight": (
        "weight | gross weight | net weight | weight kg | gewicht | gewicht kg | "
        "poids | peso"
    ),
    "end_of_life": (
        "eol | end of life | discontinued | obsolete | auslauf | auslaufartikel | "
        "fin de vie | arrete | descatalogado"
    ),
    "replaced_by": (
        "replaced by | successor | replacement | substitute | nachfolger | "
        "nachfolgeartikel | remplace par | remplacement | sustituto | reemplazo"
    ),
    "quantity": (
        "quantity | qty | stock | stock qty | stock quantity | on hand | qoh | "
        "qty on hand | available | available qty | available quantity | "
        "availability | inventory | stock level | free stock | bestand | "
        "lagerbestand | menge | verfugbar | verfugbare menge | verfugbarkeit | "
        "quantite | qte | disponible | disponibilite | stock disponible | "
        "qte disponible | cantidad | existencias | inventario | disponibilidad"
    ),
    "incoming_qty": (
        "incoming | incoming qty | incoming quantity | on order | qty on order | "
        "quantity on order | quantity incoming | inbound | zulauf | zugang | "
        "bestellt | "
        "offene bestellmenge | en commande | quantite en commande | en camino | "
        "pendiente de recibir"
    ),
    "incoming_date": (
        "eta | incoming date | expected | expected date | next delivery | "
        "next delivery date | restock date | arrival date | lieferdatum | "
        "liefertermin | wareneingang | nachster wareneingang | zulaufdatum | "
        "date arrivage | date de livraison | date dispo | fecha de llegada | "
        "fecha entrega | fecha prevista"
    ),
    "price": (
        "price | unit price | net price | cost | cost price | dealer price | "
        "your price | purchase price | wholesale price | price amount | preis | "
        "ek | ek preis | einkaufspreis | nettopreis | netto | ek netto | "
        "handlerpreis | haendlerpreis | stuckpreis | prix | prix ht | "
        "prix unitaire | prix achat | prix d achat | prix net | pa ht | tarif | "
        "precio | precio neto | precio unitario | coste | costo | precio compra | "
        "tarifa"
    ),
    "currency": (
        "currency | currency code | curr | price currency | wahrung | waehrung | "
        "wahrungscode | devise | monnaie | moneda | divisa"
    ),
    "price_breaks": (
        "price breaks | breaks | tier prices | staffelpreise | staffel | "
        "prix degressifs | precios por volumen"
    ),
    "min_qty": (
        "moq | min qty | minimum | minimum quantity | min order qty | "
        "minimum order quantity | mindestmenge | mindestbestellmenge | mbm | "
        "quantite minimum | qte min | quantite minimale | cantidad minima | "
        "pedido minimo"
    ),
    "pack_qty": (
        "pack | pack size | pack qty | package quantity | order multiple | "
        "case pack | verpackungseinheit | ve | vpe | packungsgrosse | "
        "conditionnement | colisage | embalaje | unidades por caja"
    ),
    "price_from": (
        "price from | valid from | promo from | gultig ab | preis ab | "
        "gueltig ab | valable du | valable a partir du | valido desde | "
        "vigente desde"
    ),
    "price_until": (
        "price until | valid until | valid to | promo until | gultig bis | "
        "gueltig bis | valable au | valable jusqu au | valido hasta | vigente hasta"
    ),
    "call_for_price": (
        "call for price | price on request | auf anfrage | preis auf anfrage | "
        "prix sur demande | precio a consultar"
    ),
    "unit": (
        "unit | uom | unit of measure | order unit | einheit | mengeneinheit | "
        "me | bestelleinheit | unite | unidad | unidad de medida"
    ),
}
_NUMBERED = re.compile(
    r"(?P<qty>(?:break|tier|scale|staffel|palier|escala)? ?"
    r"(?:qty|quantity|menge|quantite|qte|cantidad|ab menge)) ?(?P<a>[1-9]|10)"
    r"|(?:break|tier|scale|staffel|palier|escala)? ?"
    r"(?:price|preis|prix|precio) ?(?P<b>[1-9]|10)"
)


def _plain(name):
    """A name without case, accents and signs; ``ArtikelNr.`` is ``artikel nr``."""
    name = re.sub(r"(?<=[a-zäöüéè])(?=[A-Z])", " ", name).casefold()
    name = unicodedata.normalize("NFKD", name)
    name = "".join(one for one in name if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name).split())


_KNOWN = {
    word: (target, place)
    for target, words in _NAMES.items()
    for place, word in enumerate(words.split(" | "))
}
#: The same without blanks: ``STOCKQTY``, ``stock_qty`` and ``StockQty`` are one.
_JOINED = {word.replace(" ", ""): found for word, found in _KNOWN.items()}
# The distributor's code, or the manufacturer's number where the code has a column.
_PART = ("partno", "part")


def guess_rules(columns, sample, decimal=""):
    """Rules for the columns whose names say what they are.

    A target takes the column whose name comes first in its list, and a number's decimal
    sign is looked up in the sample.

    :param columns: names of the columns
    :param sample: rows of cells
    :param str decimal: the sign where the sample of one column does not tell
    :rtype: list[Rule]
    """
    best, numbered = {}, {}
    for at, column in enumerate(columns):
        # The last step of a path in XML or JSON is what names the value.
        for name in (_plain(column), _plain(re.split(r"[/.@]", column)[-1])):
            if found := _JOINED.get(name.replace(" ", "")):
                target, place = found
                if target not in best or place < best[target][0]:
                    best[target] = place, at
                break
            if match := _NUMBERED.fullmatch(name):
                kind = "qty" if match["qty"] else "price"
                numbered[f"break_{kind}_{match['a'] or match['b']}"] = at
                break
    chosen = {target: at for target, (_place, at) in best.items()}
    if "code" in chosen and "mpn" not in chosen:
        for at, column in enumerate(columns):
            if at != chosen["code"] and _plain(column).replace(" ", "") in _PART:
                chosen["mpn"] = at
                break
    for name, at in numbered.items():
        other = name.replace("qty", "*").replace("price", "qty").replace("*", "price")
        if other in numbered:
            chosen[name] = at
    return [
        _rule(
            target, columns[at], [row[at] for row in sample if at < len(row)], decimal
        )
        for target in TARGETS
        if (at := chosen.get(target)) is not None
    ]


def _rule(target, column, cells, decimal):
    kind = TARGETS[target].kind
    if kind in ("number", "quantity", "breaks"):
        sign, thousands = number_signs(cells)
        sign = sign or decimal or "auto"
        return Rule(
            target,
            column,
            decimal=sign,
            thousands=thousands if thousands != sign else "",
        )
    if kind == "date":
        return Rule(target, column, date_format=_date_format(cells))
    return Rule(target, column)


_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([.,' \xa0\u202f])\d{3})+(?:([.,])\d*)?")
_PLAIN = re.compile(r"[-+]?\d*([.,])(\d+)")


def number_signs(cells):
    """The decimal and the thousands sign of a column, '' where nothing tells.

    :param cells: texts
    :rtype: tuple[str, str]
    """
    decimal, thousands = "", ""
    for cell in cells:
        text = cell.strip()
        found = _PLAIN.fullmatch(text)
        # 1.234 may be either; 1.23 and 0.123 may not
        if found and (
            len(found[2]) != 3 or text.lstrip("+-").startswith(("0", ".", ","))
        ):
            decimal = decimal or found[1]
            continue
        if found := _GROUPED.fullmatch(text):
            if found[2] and found[2] != found[1]:
                decimal = decimal or found[2]
                thousands = thousands or found[1]
            elif text.count(found[1]) > 1:
                thousands = thousands or found[1]
                if found[1] in ".,":
                    decimal = decimal or (",." if found[1] == "." else ".,")[0]
    if thousands and thousands not in ".,'":
        thousands = " "
    return decimal, thousands if thousands != decimal else ""


def _date_format(cells):
    """The first format that reads every date; '' where the usual ones do, or none."""
    cells = [cell.strip() for cell in cells if cell.strip()]
    for one in ("", "d.m.y", "y.m.d", "dmy"):
        # 11/12 is a day in December here and one in November there: only a 13th tells.
        if one == "d.m.y" and not any(re.match("1[3-9]|[23]", cell) for cell in cells):
            continue
        try:
            convert = date_converter(Rule("incoming_date", date_format=one))
            for cell in cells:
                convert(cell)
        except Refused:
            continue
        return one
    return ""
