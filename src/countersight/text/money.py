"""Amounts of money in text: figures with their currency and scale, and Chinese capital numerals.

Read are ``12,680,000.00元``, ``1268万元``, ``¥1,268``, ``人民币壹仟贰佰元整``, ``RMB 12.5 million``,
``EUR 1.250.000,00``, ``US$ 3,500``; full-width forms too. The capitals are those of the rules for writing bills of
exchange (正确填写票据和结算凭证的基本规定).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from countersight.model import Money
from countersight.text.spelled import RUN
from countersight.text.spelled import number as spelled

_FOLD = str.maketrans("０１２３４５６７８９．，￥（）：", "0123456789.,¥():")
_IN_CAPITALS = (
    "DKK SEK NOK ISK PLN CZK HUF RON BGN RSD MKD UAH TRY RUB GEL AMD AZN UZS KGS TJS TMT MNT KRW TWD MOP THB VND"
    " IDR MYR PHP BDT LKR NPR MMK KHR LAK AED SAR QAR KWD BHD OMR JOD ILS EGP MAD TND DZD NGN GHS KES TZS RWF ETB"
    " ZMW BWP MZN AOA XOF XAF MXN BRL ARS CLP COP PEN NZD"
)
_CODES = {code.lower(): code for code in _IN_CAPITALS.split()} | {"rm": "MYR"}
"""Codes that count only in capitals: some are words too."""
_BEFORE = {
    "人民币": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "renminbi": "CNY",
    "us$": "USD",
    "u.s.$": "USD",
    "u.s. $": "USD",
    "us $": "USD",
    "usd": "USD",
    "hk$": "HKD",
    "hkd": "HKD",
    "港币": "HKD",
    "nt$": "TWD",
    "新台币": "TWD",
    "新臺幣": "TWD",
    "a$": "AUD",
    "aud": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "cdn$": "CAD",
    "au$": "AUD",
    "nz$": "NZD",
    "rs.": "INR",
    "₹": "INR",
    "kshs.": "KES",
    "kshs": "KES",
    "ksh.": "KES",
    "ksh": "KES",
    "ushs": "UGX",
    "ushs.": "UGX",
    "ugshs": "UGX",
    "tshs": "TZS",
    "tshs.": "TZS",
    "₱": "PHP",
    "₦": "NGN",
    "₩": "KRW",
    "₫": "VND",
    "₺": "TRY",
    "₽": "RUB",
    "₪": "ILS",
    "৳": "BDT",
    "฿": "THB",
    "tk.": "BDT",
    "j$": "JMD",
    "jmd": "JMD",
    "tt$": "TTD",
    "ttd": "TTD",
    "fj$": "FJD",
    "fjd": "FJD",
    "n$": "NAD",
    "gh₵": "GHS",
    "gh¢": "GHS",
    "cad": "CAD",
    "s$": "SGD",
    "sgd": "SGD",
    "eur": "EUR",
    "€": "EUR",
    "gbp": "GBP",
    "£": "GBP",
    "jpy": "JPY",
    "chf": "CHF",
    "inr": "INR",
    "kzt": "KZT",
    "pkr": "PKR",
    "ugx": "UGX",
    "zar": "ZAR",
    **_CODES,
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "¥": "¥",
    "$": "$",
}
_AFTER = {
    "人民币": "CNY",
    "元": "CNY",
    "圆": "CNY",
    "圓": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "美元": "USD",
    "美金": "USD",
    "singapore dollars": "SGD",
    "hong kong dollars": "HKD",
    "australian dollars": "AUD",
    "canadian dollars": "CAD",
    "new zealand dollars": "NZD",
    "rupees": "INR",
    "pakistani rupees": "PKR",
    "sri lankan rupees": "LKR",
    "nepalese rupees": "NPR",
    "kenya shillings": "KES",
    "kenyan shillings": "KES",
    "uganda shillings": "UGX",
    "tanzanian shillings": "TZS",
    "philippine pesos": "PHP",
    "malaysian ringgit": "MYR",
    "ringgit malaysia": "MYR",
    "south african rand": "ZAR",
    "swiss francs": "CHF",
    "united states dollars": "USD",
    "pound sterling": "GBP",
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "dollars": "$",
    "欧元": "EUR",
    "euros": "EUR",
    "euro": "EUR",
    "英镑": "GBP",
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "港幣": "HKD",
    "澳门元": "MOP",
    "澳門元": "MOP",
    "€": "EUR",
    "£": "GBP",
}
_AFTER |= {
    code: currency
    for code, currency in _BEFORE.items()
    if code.isascii() and code.isalpha() and code.upper() == currency
}
_LETTERS = r"(?-i:[RPNK])(?=\s?\d{1,3}(?:[, ]\d{3})+(?:[.,]\d\d)?\b)"
"""Letters that stand for a currency before figures in groups alone: rand, naira; peso or pula,
kwacha or kina, which are open."""
_SIGNS = _BEFORE | {"r": "ZAR", "n": "NGN", "p": "P", "k": "K"}
_SCALE = {
    "百万": 10**6,
    "千万": 10**7,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "million": 10**6,
    "billion": 10**9,
    "thousand": 10**3,
    "mn": 10**6,
    "bn": 10**9,
    "crore": 10**7,
    "crores": 10**7,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lacs": 10**5,
}
_SHORT = {"k": 10**3, "m": 10**6}
"""What scales figures that it touches, if a currency stands before them."""


CODES = tuple(sorted({code for code in (*_BEFORE.values(), "RMB") if len(code) == 3}))  # noqa: PLR2004 (of ISO 4217)


def _any(words: dict[str, str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_HAN = re.compile("[\u3400-\u9fff]")
_NUMBER = (
    r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?(?!,?\d)|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{1,3},\d{1,2}(?=\s?(?:million|billion|mn|bn|crore|lakh))"
    r"|\d+(?:\.\d+)?"
)
_FIGURES = re.compile(
    rf"(?:(?<![a-z])(?P<before>{_any(_BEFORE)}|{_LETTERS})[\s:]{{0,2}}(?P<second>[¥$€£])?\s?)?"
    rf"(?<![\d.,%])(?P<number>{_NUMBER})(?![\d%％]|,\d|\.\d)"
    rf"(?:(?P<short>[km])(?![\w²³/])|\s?[(]?(?P<scale>{_any(_SCALE)})(?![a-z]))?"
    rf"(?:\s?[(]?(?P<after>{_any(_AFTER)})(?![a-z]))?",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?:人民币)?\s?(?P<scale>{_any(_SCALE)})?\s?(?P<after>{_any(_AFTER)})?", re.IGNORECASE)

_ONES = {
    c: n
    for n, forms in enumerate(
        ("零〇", "壹一弌", "贰貳二弍两", "叁參叄三", "肆四", "伍五", "陆陸六", "柒七", "捌八", "玖九")
    )
    for c in forms
}
_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_CAPITAL = "零〇壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億"
_FIRST = "零壹贰貳弍叁參叄肆伍陆陸柒捌玖拾"
_CAPITALS = re.compile(
    rf"(?<![佰仟])[{_FIRST}][{_CAPITAL}\n]*[元圆圓]\s?(?:零?[{_FIRST}]角)?(?:零?[{_FIRST}]分)?\s?[整正]?(?![角分])"
    rf"|[{_FIRST}][{_CAPITAL}]+[整正]"
)
_DIGITS, _PLACES = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_ZH_TAX = r"(?:一切|所有|全部|各种|各项|相关|应缴)?\s?(?:\d{1,2}(?:\.\d)?\s?[%％]\s?的?)?(?:增值)?税"
_EN_TAX = r"(?:v\.?a\.?t\b|value[- ]added tax\w*|g\.?s\.?t\b|(?:sales |service |applicable )?tax(?:es)?\b)"
_EN_ALL = rf"(?:(?:of|all|any|applicable|the|duties and|\d{{1,2}}(?:\.\d)?\s?%)\s)*{_EN_TAX}"
_EXCLUDED = re.compile(
    rf"(?:不(?:包?含|包括)|未含){_ZH_TAX}|未税|税前|除税|{_EN_TAX}[ -](?:exclu\w+|excl\b|not included)"
    rf"|(?:excl(?:uding|usive|udes|\.)?|net|without|before|not (?:including|inclusive)|plus)\s?{_EN_ALL}|\+\s?vat",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    rf"(?:包?含|包括){_ZH_TAX}|价税合计|{_EN_TAX}[ -](?:inclu\w+|incl\b)"
    rf"|(?:incl(?:uding|usive|udes|\.)?|with)\s?{_EN_ALL}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at ``[start, end)`` of a text, ``scale`` times its figures; ``capitals``: in words or numerals."""

    start: int
    end: int
    amount: Decimal
    currency: str | None
    capitals: bool = False
    scale: int = 1


def amounts(text: str, unit: str = "", *, chinese: bool | None = None) -> Iterator[Amount]:
    """The amounts of a text, in order. ``unit`` is that of bare numbers, as a label gives it: ``万元``, ``USD``.

    A number without currency, scale or unit is no amount. ``$`` alone names no currency: it may be one of many; ``¥``
    is the yuan in a Chinese text, which by default is one with Chinese characters.
    """
    plain = text.translate(_FOLD)
    yuan = _HAN.search(plain) is not None if chinese is None else chinese
    found = [*_in_figures(plain, unit, yuan=yuan), *_in_capitals(plain), *in_words(plain)]
    yield from sorted(found, key=lambda amount: amount.start)


def _in_figures(plain: str, unit: str, *, yuan: bool) -> Iterator[Amount]:
    scale, currency = _unit(unit)
    for match in _FIGURES.finditer(plain):
        if any(
            word and word.lower() in _CODES and not word.isupper() and word not in {"Php", "PhP"}
            for word in (match["before"], match["after"])
        ):
            continue  # “try 500 times”
        if match["before"] and "\n" in match[0] and len(match["number"]) < _ACROSS:
            continue  # the head of a column, and the number of its first row
        own = bool(match["before"] or match["after"])
        if not own and not match["scale"] and not unit:
            continue
        if match["short"] and not match["before"]:
            continue
        said = _SCALE.get((match["scale"] or "").lower()) or _SHORT.get((match["short"] or "").lower())
        times = said or (1 if own else scale)
        named = (_currency(match, yuan=yuan) or currency) if own else currency
        yield Amount(*match.span(), _number(match["number"]) * times, named, scale=times)


_ACROSS = 3  # characters of figures that may stand on the line below their currency


def _unit(unit: str) -> tuple[int, str | None]:
    found = _UNIT.fullmatch(unit.strip())
    if not found:
        return 1, None
    after = _AFTER.get((found["after"] or "").lower())
    return _SCALE.get((found["scale"] or "").lower(), 1), after if after != "$" else None


def _currency(match: re.Match[str], *, yuan: bool) -> str | None:
    """The code of the currency; a sign that several share counts only with a word beside it."""
    names = [table[word.lower()] for table, word in ((_SIGNS, match["before"]), (_AFTER, match["after"])) if word]
    sure = [name for name in names if len(name) > 1]
    if len(set(sure)) > 1:
        sure = [name for name in sure if name != "CNY"]  # 美元 ends in 元
    if sure:
        return sure[0]
    return "CNY" if "¥" in names and yuan else None


def _number(text: str) -> Decimal:
    """A number, its thousands separated by commas, points or spaces."""
    bare = re.sub(r"\s", "", text)
    if re.search(r",\d{1,2}$", bare) or bare.count(".") > 1:
        bare = bare.replace(".", "").replace(",", ".")
    return Decimal(bare.replace(",", ""))


_SPELLED = re.compile(
    rf"(?:(?<![a-z])(?P<before>{_any(_BEFORE | _AFTER)})[\s:]{{0,2}})?(?P<words>{RUN})"
    rf"(?:\s(?P<after>{_any(_AFTER)})(?![a-z]))?",
    re.IGNORECASE,
)
_CENTS = re.compile(r"[^.;\n]{0,24}(?:\bcents\b|\bpaise\b|\bpence\b|\bfils\b|/100)", re.IGNORECASE)
_SCALED = ("hundred", "thousand", "lakh", "illion", "crore")


def in_words(text: str) -> Iterator[Amount]:
    """The amounts that are written out in English words beside the name of a currency."""
    lower = text.lower()
    if not any(word in lower for word in _SCALED):
        return
    for match in _SPELLED.finditer(text):
        value = spelled(match["words"])
        named = {(_BEFORE | _AFTER)[word.lower()] for word in (match["before"], match["after"]) if word}
        if value is not None and named and not _CENTS.match(text, match.end()):
            sure = {name for name in named if len(name) > 1}
            yield Amount(*match.span(), value, sure.pop() if len(sure) == 1 else None, capitals=True)


def _in_capitals(plain: str) -> Iterator[Amount]:
    for match in _CAPITALS.finditer(plain):
        value = capitals(match[0])
        if value is not None:
            foreign = _FOREIGN.search(plain, max(0, match.start() - _LONGEST), match.start())
            currency = _BEFORE.get(foreign[1]) or _AFTER[foreign[1]] if foreign else "CNY"
            yield Amount(*match.span(), value, currency, capitals=True)


_FOREIGN = re.compile(r"(美元|美金|欧元|英镑|港币|港元|日元|新台币|新臺幣|澳门元|澳門元|港幣)[:：\s]{0,2}\Z")
_LONGEST = 6  # characters of the name of a currency, and of what is between it and the amount


def capitals(text: str) -> Decimal | None:
    """The amount that capital numerals give (``壹佰万元整``); None where they are no well-formed number."""
    bare = re.sub(r"[\s整正]|^人民币", "", text).replace("圆", "元").replace("圓", "元")
    whole, _, rest = bare.partition("元")
    found = re.fullmatch(r"(?:零?(.)角)?(?:零?(.)分)?", rest)
    number = _whole(whole)
    if number is None or not found:
        return None
    tenths, hundredths = (_ONES.get(part or "零") for part in found.groups())
    if tenths is None or hundredths is None:
        return None
    return Decimal(number) + Decimal(tenths * 10 + hundredths) / 100


def _whole(text: str) -> int | None:
    """A whole number in numerals, its sections of four places ended by 万 and 亿."""
    total, section, digit, last = 0, 0, None, 10_000
    for c in text:
        if c in _ONES:
            if digit:
                return None  # two digits without a place between them
            digit = _ONES[c]
        elif c in _TENS:
            if _TENS[c] >= last or (digit is None and _TENS[c] > 10):  # noqa: PLR2004 (十 alone is ten)
                return None
            last = _TENS[c]
            section, digit = section + (digit or 1) * last, None
        elif c in _MYRIADS:
            total = (
                (total + section + (digit or 0)) * _MYRIADS[c]
                if c in "亿億"
                else total + (section + (digit or 0)) * 10**4
            )
            section, digit, last = 0, None, 10_000
        else:
            return None
    return total + section + (digit or 0) if text else None


def in_capitals(amount: Decimal) -> str:
    """An amount below 10^12 in capitals, to the hundredth: ``壹仟贰佰陆拾捌万元整``. Raises ValueError beyond."""
    cents = int(amount * 100)
    if not 0 <= cents < 10**14 or cents != amount * 100:
        raise ValueError(f"not an amount to be written in capitals: {amount}")
    whole, cents = divmod(cents, 100)
    tenths, hundredths = divmod(cents, 10)
    text = _written(whole) + "元"
    text += f"{_DIGITS[tenths]}角" if tenths else "零" * bool(text and hundredths)
    return text + (f"{_DIGITS[hundredths]}分" if hundredths else "") + ("" if hundredths else "整")


def _written(number: int) -> str:
    text, gap = "", False
    for place, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // place % 10**4
        if section:
            text += ("零" if text and (section < 1000 or gap) else "") + _section(section) + name  # noqa: PLR2004
        gap = section == 0
    return text or "零"


def _section(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text


def tax(text: str) -> str | None:
    """Whether words about an amount say that tax is ``included`` or ``excluded`` in it; None where they say neither."""
    if _EXCLUDED.search(text):
        return "excluded"
    return "included" if _INCLUDED.search(text) else None


def taxes(text: str) -> re.Match[str] | None:
    """The first words of a text that say whether tax is in or out."""
    found = [match for match in (_EXCLUDED.search(text), _INCLUDED.search(text)) if match]
    return min(found, key=lambda match: match.start()) if found else None


def written(money: Money) -> str:
    """Money as one line, read back by :func:`read`: ``12680000 CNY included``, ``500 ? -``."""
    number = format(money.amount.normalize(), "f")
    return f"{number} {money.currency or '?'} {money.tax or '-'}"


def read(text: str) -> Money:
    """The inverse of :func:`written`. Raises ValueError for other text."""
    number, currency, taxed = text.split(" ")
    return Money(Decimal(number), None if currency == "?" else currency, None if taxed == "-" else taxed)
