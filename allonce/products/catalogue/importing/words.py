"""The trade's words, in the languages suppliers' sheets come in. Matching is on lower case without accents."""

import re
import unicodedata
from functools import lru_cache

WIDTH = "width|widths|wide|breedte|breite|breiten|largeur|ancho|anchura|larghezza|largura|bredd|bredde|szerokosc"
DROP = (
    "drop|drops|height|heights|high|hoogte|hohe|hoehe|hauteur|alto|altura|altezza|hojde|hojd|hoyde|wysokosc|"
    "length|lange|laenge|lengte|longueur|projection|ausfall|uitval|avancee"
)
BAND = (
    "price band|price group|price code|price category|fabric band|fabric group|band|group|grp|category|cat|class|tier|"
    "prijsgroep|prijsklasse|preisgruppe|preisklasse|groep|gruppe|groupe de prix|groupe|gamme|grupo|gruppo|klasse|grade"
)
NOT_OFFERED = frozenset(
    {
        "-", "--", "---", "/", "x", "xx", "xxx", "poa", "p.o.a", "p.o.a.", "p o a", "n/a", "n.a.", "n/a.", "na", "nil",
        "none", "no", "not available", "unavailable", "not avail", "not possible", "not offered", "on application",
        "price on application", "on request", "price on request", "call", "please call", "call us", "ask", "please ask",
        "enquire", "tbc", "tba", "tbd", "quote", "by quote", "quotation", "special", "por", "p.o.r.", "p.o.r",
        "op aanvraag", "n.v.t.", "nvt", "niet leverbaar", "auf anfrage", "a.a.", "nicht lieferbar", "sur demande",
        "sur devis", "n.d.", "nd", "su richiesta", "bajo pedido", "consultar", "out of range", "not suitable", "#n/a",
    }
)  # fmt: skip
CURRENCIES = {
    "£": "GBP", "€": "EUR", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "us$": "USD",
    "hk$": "HKD", "s$": "SGD", "r$": "BRL", "$": "USD", "¥": "JPY", "zl": "PLN", "kc": "CZK", "₹": "INR", "₺": "TRY",
}  # fmt: skip
CODES = frozenset(
    {
        "GBP", "EUR", "USD", "AUD", "CAD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "JPY",
        "ZAR", "INR", "TRY", "AED", "SAR", "HKD", "SGD", "BRL", "MXN",
    }
)  # fmt: skip
UNIT_WORDS = {
    "mm": "mm|millimetres?|millimeters?|millimeter|mms",
    "cm": "cm|cms|centimetres?|centimeters?|zentimeter",
    "m": "m|metres?|meters?|mtrs?|mtr",
    "in": "in|ins|inch|inches|\"|”|″|''|zoll|duim|pouces?",
    "ft": "ft|feet|foot|'|’|′",
}

_TOTAL = r"sub ?-?totals?|totals?|average|avg|mean|sum|count|gemiddeld\w*|totaal|summe|moyenne"
_ORDER = sorted(CURRENCIES, key=len, reverse=True)
_UNIT = {
    unit: re.compile(
        rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])" if unit != "in" else rf"(?:(?<![a-z])(?:{words})(?![a-z]))"
    )
    for unit, words in UNIT_WORDS.items()
}
_LONG_UNITS = {
    "mm": r"\bmm\b|\bmms\b|millimet", "cm": r"\bcms?\b|centimet|zentimet", "in": r"\binch(?:es)?\b|\bins?\.|\bzoll\b",
    "m": r"\b(?:metres|meters|metre|meter)\b|\bin m\b|\(m\)",
}  # fmt: skip


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case, no accents, single spaces: `Höhe  (cm)` -> `hohe (cm)`."""
    split = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("½", " 1/2"))
    return " ".join("".join(letter for letter in split if not unicodedata.combining(letter)).lower().split())


def currency_in(text: str) -> str:
    """The ISO code of the one currency named in the text, or nothing."""
    lowered = text.replace("ł", "l").replace("č", "c").lower()
    for code in CODES:
        if re.search(rf"(?<![a-z]){code.lower()}(?![a-z])", lowered):
            return code
    for sign in _ORDER:
        if _has_sign(sign, lowered):
            return CURRENCIES[sign]
    return ""


def _has_sign(sign: str, lowered: str) -> bool:
    if sign.isalpha():
        return bool(re.search(rf"(?<![a-z]){sign}(?![a-z])", lowered))
    return sign in lowered


def currencies_named(text: str) -> set[str]:
    """All currencies that a title names by sign or code."""
    found = {code for code in CODES if re.search(rf"\b{code}\b", text)}
    return found | {CURRENCIES[sign] for sign in ("£", "€", "$") if sign in text}


def unit_in(text: str) -> str:
    """The unit that a short label such as `(mm)` or ` cm` names; mm before m, since the words contain each other."""
    lowered = text.lower()
    return next((unit for unit in ("mm", "cm", "in", "ft", "m") if _UNIT[unit].search(lowered)), "")


def units_named(text: str) -> list[str]:
    """Units that a sentence names: only forms that cannot be another word (`in` is also a preposition)."""
    lowered = plain(text)
    return [unit for unit, pattern in _LONG_UNITS.items() if re.search(pattern, lowered)]


def says_total(text: str) -> bool:
    """Whether a row's first word says that it sums up other rows."""
    return bool(re.search(rf"\b(?:{_TOTAL})\b", plain(text)))


def says_width(text: str) -> bool:
    return bool(re.search(rf"\b(?:{WIDTH})\b", plain(text)) or re.search(r"^w\b|\bw\s*\(", plain(text)))


def says_drop(text: str) -> bool:
    return bool(re.search(rf"\b(?:{DROP})\b", plain(text)) or re.search(r"^[dh]\b|\b[dh]\s*\(", plain(text)))
