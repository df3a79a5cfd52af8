"""Identifiers of organisations, one entry per scheme: found in text, held against their check characters.

USCC: unified social credit code of the People's Republic of China, GB 32100-2015. LEI: ISO 17442, check digits ISO 7064
MOD 97-10. ISIN: ISO 6166, check digit by Luhn over letters as numbers. HK C.R.: Hong Kong Companies Registry number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["USCC", "LEI", "ISIN", "HK C.R.", "registration"]


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A number that names one body. ``value`` is in the form all sources share: no spaces, upper case."""

    scheme: Scheme
    value: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A scheme: how its numbers look in text (group 1 or the whole match), and whether one holds."""

    scheme: Scheme
    pattern: re.Pattern[str]
    holds: Callable[[str], bool]


def uscc(code: str) -> bool:
    """Whether 18 characters are a unified social credit code: alphabet and check character of GB 32100-2015."""
    if len(code) != 18 or any(char not in _USCC_ALPHABET for char in code):  # noqa: PLR2004 (the code's length)
        return False
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(code, _USCC_WEIGHTS, strict=False))
    return _USCC_ALPHABET[-total % 31] == code[17]


def lei(code: str) -> bool:
    """Whether 20 characters are a legal entity identifier: as a number, letters from A as 10, it leaves 1 by 97."""
    return re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", code) is not None and int(_as_digits(code)) % 97 == 1


def isin(code: str) -> bool:
    """Whether 12 characters are a securities identification number: two letters, nine characters, Luhn's digit."""
    if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{9}[0-9]", code) is None:
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(_as_digits(code)))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


KINDS = (
    Kind("USCC", re.compile(r"(?<![0-9A-Z])[159ANY][1239][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])"), uscc),
    Kind("LEI", re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}[0-9]{2}(?![0-9A-Z])"), lei),
    Kind("ISIN", re.compile(r"(?<![0-9A-Z])[A-Z]{2}[0-9A-Z]{9}[0-9](?![0-9A-Z])"), isin),
    Kind(
        "HK C.R.",
        re.compile(
            r"(?:C\.?R\.?|HONG KONG COMPANY|香港公司(?:註冊|注册)?)\s?(?:NO\.?|NUMBER|编号|編號)"
            r"\s?[:：]?\s?([0-9]{5,8})(?![0-9])"
        ),
        lambda code: code.isdigit(),
    ),
    Kind(
        "registration",
        re.compile(
            r"(?:REGISTRATION (?:NO\.?|NUMBER|ID)|REG\.? NO\.?|注册号|註冊號)\s?[:：]?\s?([0-9A-Z][0-9A-Z/-]{4,20})"
        ),
        lambda code: any(char.isdigit() for char in code),
    ),
)
"""Every scheme the program knows, the most telling first."""


_LABEL = r"\s?(?:CODE|IDENTIFIER|NUMBER|NO\.?|证?[号號][码碼]?)?\s?[:：]?\s?"
_CALLED: tuple[tuple[Scheme, re.Pattern[str]], ...] = (
    (
        "USCC",
        re.compile(rf"(?:社会信用代码|社會信用代碼|USCC|UNIFIED SOCIAL CREDIT){_LABEL}([0-9A-Z]{{16,20}})(?![0-9A-Z])"),
    ),
    ("LEI", re.compile(rf"(?<![A-Z])(?:LEI|LEGAL ENTITY IDENTIFIER){_LABEL}([0-9A-Z]{{18,22}})(?![0-9A-Z])")),
    ("ISIN", re.compile(rf"(?<![A-Z])ISIN{_LABEL}([A-Z]{{2}}[0-9A-Z]{{9,11}})(?![0-9A-Z])")),
)
_SIZES = {"USCC": 18, "LEI": 20, "ISIN": 12}
_DIGITS = 5  # that a code must have to be no word
_PERSONAL = re.compile(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")


def holds(scheme: str, code: str) -> bool:
    """Whether a code is one of its scheme; those of a scheme not known here are not checked."""
    return next((kind.holds(code) for kind in KINDS if kind.scheme == scheme), True)


def flaw(scheme: str, code: str) -> str:
    """What speaks against a code that is called an identifier and holds not, in words."""
    size = _SIZES.get(scheme)
    if size and len(code) != size:
        return f"it has {len(code)} characters, and such a number has {size}"
    return "its check character does not hold"


def doubtful(text: str) -> Iterator[tuple[int, int, Identifier]]:
    """What a label calls an identifier though its length, characters or check speak against it, with offsets.

    What may be the number of a person's paper under a wrong label is left out.
    """
    upper = _upper(text)
    for scheme, pattern in _CALLED:
        for found in pattern.finditer(upper):
            code = found[1]
            told = sum(map(str.isdigit, code)) >= _DIGITS and not _PERSONAL.fullmatch(code)
            if told and not holds(scheme, code):
                yield found.start(1), found.end(1), Identifier(scheme, code)


def identifiers(text: str) -> Iterator[tuple[int, int, Identifier]]:
    """The identifiers in a text with their offsets, in the order of schemes and of the text. A bad check is none."""
    upper = _upper(text)
    for kind in KINDS:
        for found in kind.pattern.finditer(upper):
            group = found.re.groups
            if kind.holds(found[group]):
                yield found.start(group), found.end(group), Identifier(kind.scheme, found[group])


def _upper(text: str) -> str:
    """The text in upper case, character for character."""
    upper = text.upper()
    if len(upper) != len(text):
        upper = "".join(char.upper() if len(char.upper()) == 1 else char for char in text)
    return upper


def _as_digits(code: str) -> str:
    return "".join(str(int(char, 36)) for char in code)


_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
