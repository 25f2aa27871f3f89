"""Sums of money as tables write them: points and commas are judged by all of them, not guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal

from roc.collectors.formats.tolerance import Unusable
from roc.errors import BrokenExport

_LONGEST = 60  # characters; no sum of money is longer
_NONE_TOLD = frozenset({"", "-", "–", "—", "n/a", "na", "none", "null"})
_NO_SUM = "a value is a sum of money such as 420, 420.50 or 420 EUR"
_MINUS = ("-", "−")
_DASHES = "-–—"  # 1.200,- has no cents
_BLANKS = str.maketrans("", "", " \t\u00a0\u2009\u202f'’")
_SPLIT = re.compile(
    r"([^\d+\-−]*)([+\-−]?\d[\d.,]*(?:[eE]\+?\d{1,2})?)(\D*)",
    re.ASCII,
)
_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
    GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
    VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    ATS BEF DEM ESP FIM FRF GRD HRK IEP ITL LUF NLG PTE LTL LVL EEK SKK SIT
"""
_ISO = frozenset(_CODES.split())
"""ISO 4217's codes, and last those that the euro replaced: deals are kept for long."""


# fmt: off
_SIGNS: Mapping[str, str] = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH",
    "₪": "ILS", "₫": "VND", "฿": "THB", "₱": "PHP", "₦": "NGN", "₵": "GHS", "₸": "KZT",
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD", "CN¥": "CNY",
    "ZŁ": "PLN", "KČ": "CZK", "FT": "HUF", "FR.": "CHF", "SFR.": "CHF",
}
# fmt: on
"""Signs of one currency alone. A bare ``$``, ``¥`` or ``kr`` is of several, and names none."""

_OF_SEVERAL = frozenset({"$", "¥", "KR", "KR."})


class Decimals:
    """Which sign stands before the decimals of a file's amounts.

    Args:
        name: the file, for the error.
        told: the sign that the owner says, or empty.
        usual: the sign that its maker uses where the amounts do not show it, or empty.
    """

    def __init__(self, name: str, told: str = "", usual: str = "") -> None:
        self._name = name
        self._told = told
        self._usual = usual
        self._shown: set[str] = set()

    def see(self, cell: str) -> None:
        """Take note of how an amount is written."""
        if not self._told and (found := _taken_apart(cell)):
            self._shown.add(_shown_by(found[1]))

    def sign(self) -> str:
        """The sign, once all amounts were seen.

        Raises:
            BrokenExport: it cannot be told, or amounts are written in both ways.
        """
        if self._told:
            return self._told
        signs = self._shown & {".", ","}
        if len(signs) == 1:
            return signs.pop()
        if signs or ("?" in self._shown and not self._usual):
            seen = "in both ways" if signs else "so that 1.234 may be a thousand or one and a bit"
            raise BrokenExport(
                f"{self._name}: amounts are written {seen}.",
                hint="say what stands before decimals: --map decimal=point, or decimal=comma.",
            )
        return self._usual or "."


def amount(cell: str, decimal: str) -> tuple[Decimal, str] | None:
    """A sum of money and its currency, which is empty where the cell names none.

    Args:
        cell: such as ``1.234,50 €``, ``US$ 1,200`` or ``(500.00)``, which is negative.
        decimal: the sign before decimals.

    Returns:
        ``None`` where the cell says that there is none.

    Raises:
        Unusable: it is no sum of money.

    Example:
        >>> amount("1.234,50 €", ","), amount("12 500", ".")
        ((Decimal('1234.50'), 'EUR'), (Decimal('12500'), ''))
    """
    if cell.strip().casefold() in _NONE_TOLD:
        return None
    found = _taken_apart(cell)
    if found is None:
        raise Unusable("bad_value", _NO_SUM)
    before, number, after = found
    plain = _plain(number, decimal)
    if plain is None or (before and after):
        raise Unusable("bad_value", "a value that cannot be read the way the others are written")
    try:
        return plain, currency(before or after)
    except Unusable as reason:
        raise Unusable("bad_value", _NO_SUM) from reason


def currency(told: str) -> str:
    """The ISO 4217 code of a currency; empty for a sign that several have in common.

    Raises:
        Unusable: it is neither a code nor a sign.
    """
    plain = told.translate(_BLANKS).upper()
    if not plain or plain in _OF_SEVERAL:
        return ""
    code = _SIGNS.get(plain, plain)
    if code not in _ISO:
        raise Unusable("bad_currency", "a currency is a code such as EUR, or its sign")
    return code


def _taken_apart(cell: str) -> tuple[str, str, str] | None:
    """What stands before the number, the number, and what stands after it, without blanks."""
    if len(cell) > _LONGEST:
        return None
    text = cell.translate(_BLANKS)
    negative = text[:1] in _MINUS or (text[:1], text[-1:]) == ("(", ")")
    if negative:  # -€5, and not only €-5; accountants write (5)
        text = text[1:].removesuffix(")")
    found = _SPLIT.fullmatch(text)
    if found is None:
        return None
    before, number, after = found.groups()
    if negative and not number[0].isdigit():  # twice negative is a slip
        return None
    return before, f"-{number}" if negative else number, after.rstrip(_DASHES)


def _bare(number: str) -> tuple[str, str, bool]:
    """Digits with their signs, the power of ten, and whether it is negative."""
    negative = number[0] in _MINUS
    body, _, power = number.lstrip("+-−").upper().partition("E")
    return body, power, negative


def _shown_by(number: str) -> str:
    """The sign before decimals that an amount shows, ``?`` where it may be either, else empty."""
    body, power, _ = _bare(number)
    signs = [sign for sign in body if sign in ".,"]
    if not signs:
        return ""
    last = signs[-1]
    other = "," if last == "." else "."
    if other in signs:
        return last
    if len(signs) > 1:
        return other  # a sign that stands twice parts thousands
    whole, _, rest = body.partition(last)
    thousands = len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and not power
    return "?" if thousands else last


def _plain(number: str, decimal: str) -> Decimal | None:
    """An amount as a number; ``None`` where it is not written so."""
    body, power, negative = _bare(number)
    whole, _, rest = body.partition(decimal)
    first, *groups = whole.split("," if decimal == "." else ".")
    parted = not groups or (
        1 <= len(first) <= 3 and len(groups[-1]) == 3 and all(len(g) in (2, 3) for g in groups)
    )
    digits = first + "".join(groups)
    if not parted or not (digits + rest).isdigit() or not (digits + rest).isascii():
        return None
    value = Decimal(f"{digits or '0'}.{rest or '0'}") if rest else Decimal(digits)
    if power:
        value = value.scaleb(int(power.lstrip("+")))
    return -value if negative else value
