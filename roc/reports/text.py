"""The wording that all reports share: names made harmless, numbers, spans of days, plurals.

Every number is put into words here and nowhere else, so that a page, its Markdown twin and a
chart cannot differ. What is undefined is *none*, never 0.
"""

import math
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from roc.reports.words import later, later_counted, place, say, say_counted

NAME_LIMIT = 80
"""A name is cut after this many characters: long enough for people, short enough for a table."""

_EPOCH = date(1970, 1, 1)
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic names, and emoji, are spelled with them
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters by name, but nothing to see
_MARKS_IN_A_ROW = 3
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"

SOURCE_WORDS: dict[str, str] = {
    "crm": "CRM",
    "github": "GitHub",
    "google_chat": "Google Chat",
    "google_plus": "Google+",
    "imessage": "iMessage",
    "linkedin": "LinkedIn",
    "whatsapp": "WhatsApp",
}
"""Sources that are not written as their name with a capital."""

_COMMON_WORDS: dict[str, str] = {
    "calendar": later("Calendar"),
    "email": later("Email"),
    "journal": later("Journal"),
}
"""Sources whose name is a word that each language has."""


def none() -> str:
    """How an undefined number reads."""
    return say("none")


def plain(text: str, limit: int = NAME_LIMIT) -> str:
    r"""Text from outside, harmless on one line: no controls, no bidi overrides, cut with ``…``.

    Runs of white space become one space, stacks of combining marks are thinned out, and what
    cannot be seen is dropped. What is left may be empty.

    Example:
        >>> plain("Ana\u202e\n  Lopez")
        'Ana Lopez'
        >>> plain("x" * 1000, limit=5)
        'xxxx…'
    """
    # A name of a megabyte is not worth reading to its end.
    head = text[: limit * 20]
    kept: list[str] = []
    marks = 0
    for sign in head:
        category = unicodedata.category(sign)
        marks = marks + 1 if category == "Mn" else 0
        if sign.isspace() or category in {"Zl", "Zp"}:
            kept.append(" ")
        elif sign in _BLANKS or marks > _MARKS_IN_A_ROW:
            continue
        elif category[0] != "C" or sign in _JOINERS:
            kept.append(sign)
    line = " ".join("".join(kept).split())
    if not line.strip("".join(_JOINERS) + " "):
        return ""
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def name(text: str) -> str:
    r"""A person's name as reports show it; *(no name)* where nothing can be seen of it.

    A name written from right to left is set apart, so that the numbers beside it stay beside it.

    Example:
        >>> name("\x00 \u202e")
        '(no name)'
    """
    shown = plain(text)
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in shown):
        return _ISOLATE + shown + _END_ISOLATE
    return shown or say("(no name)")


def source_name(source: str) -> str:
    """A source as a reader calls it.

    Example:
        >>> source_name("linkedin"), source_name("email")
        ('LinkedIn', 'Email')
    """
    shown = plain(source, 40)
    if shown in _COMMON_WORDS:
        return say(_COMMON_WORDS[shown])
    return SOURCE_WORDS.get(shown, shown[:1].upper() + shown[1:])


def day(number: int) -> date:
    """The date of a UTC day number.

    Example:
        >>> day(1).isoformat()
        '1970-01-02'
    """
    return _EPOCH + timedelta(days=int(number))


def day_number(when: date) -> int:
    """The UTC day number of a date: the inverse of `day`."""
    return (when - _EPOCH).days


def long_date(when: date) -> str:
    """A date for readers.

    Example:
        >>> long_date(date(2026, 3, 5))
        '5 March 2026'
    """
    from babel.dates import format_date

    return format_date(when, format="long", locale=place())


def short_month(when: date) -> str:
    """A date's month for the edge of a figure.

    Example:
        >>> short_month(date(2026, 3, 5))
        'Mar'
    """
    from babel.dates import format_date

    return format_date(when, format="LLL", locale=place())


def count(number: int) -> str:
    """A whole number.

    Example:
        >>> count(12345)
        '12,345'
    """
    from babel.numbers import format_decimal

    return format_decimal(int(number), format="#,##0", locale=place())


def counted(number: int, one: str, many: str = "") -> str:
    """A whole number with its noun.

    Example:
        >>> counted(1, "tie"), counted(2, "tie"), counted(0, "person", "people")
        ('1 tie', '2 ties', 'no people')
    """
    noun = say_counted(number, one, many or f"{one}s")
    return f"{count(number)} {noun}" if number else say("no {things}", things=noun)


def shown_of(shown: int, total: int) -> str:
    """How many of all a list shows, to stand behind its caption; empty where it shows all.

    Example:
        >>> shown_of(10, 1027), shown_of(3, 3)
        (' (10 of 1,027)', '')
    """
    if shown >= total:
        return ""
    return f" ({say('{shown} of {total}', shown=count(shown), total=count(total))})"


def decimal(number: float, places: int = 1) -> str:
    """A number with so many places; *none* where it is undefined.

    Example:
        >>> decimal(12.34), decimal(float("nan")), decimal(-0.01)
        ('12.3', 'none', '0.0')
    """
    return _rounded(number, places, "0")


def signed(number: float, places: int = 1) -> str:
    """A number with its sign; what rounds to nothing has none.

    Example:
        >>> signed(0.5), signed(-0.5), signed(0.01)
        ('+0.5', '−0.5', '0.0')
    """
    return f"{'+' if round(number, places) > 0 else ''}{decimal(number, places)}"


def percent(share: float) -> str:
    """A share from 0 to 1, in whole per cent; what is neither none nor all never reads so.

    Example:
        >>> percent(0.304), percent(0.001), percent(0.999), percent(float("nan"))
        ('30%', 'under 1%', 'over 99%', 'none')
    """
    if math.isnan(share):
        return none()
    if 0 < share < 0.005:
        return say("under {share}", share=percent(0.01))
    if 0.995 <= share < 1:
        return say("over {share}", share=percent(0.99))
    return say("{number}%", number=decimal(share * 100, 0))


def span(days: float) -> str:
    """A number of days in the unit that people would use.

    Example:
        >>> [span(days) for days in (0, 1, 13, 24, 70, 800)]
        ['under a day', '1 day', '13 days', '3 weeks', '2 months', '2 years']
    """
    if math.isnan(days):
        return none()
    number, (one, many) = _in_unit(days)
    return counted(number, one, many) if number else say("under a day")


_UNITS = (
    (1.0, 14, later_counted("day", "days")),
    (7.0, 60, later_counted("week", "weeks")),
    (30.44, 730, later_counted("month", "months")),
)
_YEARS = later_counted("year", "years")


def _in_unit(days: float) -> tuple[int, tuple[str, str]]:
    for length, upto, unit in _UNITS:
        if days < upto:
            return round(days / length), unit
    return round(days / 365.25), _YEARS


_AGO: dict[str, tuple[str, str]] = {
    "day": later_counted("{number} day ago", "{number} days ago"),
    "week": later_counted("{number} week ago", "{number} weeks ago"),
    "month": later_counted("{number} month ago", "{number} months ago"),
    "year": later_counted("{number} year ago", "{number} years ago"),
}


def ago(days: float) -> str:
    """How long ago something was.

    Example:
        >>> ago(0), ago(1), ago(21), ago(float("nan"))
        ('today', 'yesterday', '3 weeks ago', 'never')
    """
    if math.isnan(days):
        return say("never")
    if days < 2:
        return say("today") if days < 1 else say("yesterday")
    number, (unit, _) = _in_unit(days)
    return say_counted(number, *_AGO[unit], number=count(number))


def hours(number: float) -> str:
    """A time to answer.

    Example:
        >>> hours(0.5), hours(3.2), hours(60), hours(float("nan"))
        ('30 minutes', '3 hours', '2.5 days', 'none')
    """
    if math.isnan(number):
        return none()
    if number < 1:
        return counted(max(round(number * 60), 1), "minute")
    if number < 48:
        return counted(round(number), "hour")
    return say("{number} days", number=brief(number / 24))


def brief(number: float, places: int = 1) -> str:
    """A number with at most so many places.

    Example:
        >>> brief(2.5), brief(3.0), brief(0.8, 2)
        ('2.5', '3', '0.8')
    """
    return _rounded(number, places, "#")


def _rounded(number: float, places: int, digit: str) -> str:
    from babel.numbers import format_decimal

    if math.isnan(number):
        return none()
    pattern = "#,##0" + (f".{digit * places}" if places else "")
    rounded = round(float(number), places) + 0.0  # no minus before a zero
    return format_decimal(rounded, format=pattern, locale=place()).replace("-", "−")


def money(amount: float, currency: str = "", places: int = 2) -> str:
    """An amount with its currency, as far as that is told.

    Example:
        >>> money(1420.5, "EUR"), money(420.0)
        ('1,420.5 EUR', '420')
    """
    return f"{brief(amount, places)} {currency}".rstrip()


def sums(told: Iterable[tuple[str, float]]) -> str:
    """Sums by currency, as a sentence lists them; *none* where there is nothing.

    Example:
        >>> sums([("EUR", 420.0), ("USD", 80.0)]), sums([])
        ('420 EUR and 80 USD', 'none')
    """
    return joined([money(amount, currency) for currency, amount in told]) or none()


def joined(items: list[str] | tuple[str, ...]) -> str:
    """Items as a sentence lists them.

    Example:
        >>> joined(["Ana"]), joined(["Ana", "Ben", "Chidi"])
        ('Ana', 'Ana, Ben and Chidi')
    """
    if len(items) < 2:
        return "".join(items)
    return say("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])


def ended(sentence: str) -> str:
    """A sentence with one full stop, also where it ends in a name that brings its own.

    Example:
        >>> ended("Quieter: Ben"), ended("Quieter: Ben, Jr.")
        ('Quieter: Ben.', 'Quieter: Ben, Jr.')
    """
    return sentence if sentence.rstrip(_END_ISOLATE).endswith(".") else f"{sentence}."


def sentence(text: str) -> str:
    """Text with its first letter large; the rest is left as it is.

    Example:
        >>> sentence("no ties")
        'No ties'
    """
    return text[:1].upper() + text[1:]
