"""Numbers of bank cards, by their check digit, and of bank accounts and devices, by their label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.privacy.shapes import BREAK, JOINT, LOOK_BACK, SPACE, D, Range, amount, digits, named_a_thing
from countersight.text.identifiers import uscc

_CARD = re.compile(
    f"(?:{D}{{15,19}}|{D}{{4}}(?:[{SPACE}-]{D}{{4}}){{3}}(?:[{SPACE}-]{D}{{1,3}})?|{D}{{4}}[ -]{D}{{6}}[ -]{D}{{5}}"
    f"|{D}{{6}}[ -]{D}{{9,13}})(?![0-9０-９A-Za-z])"
)
# Issuers' first digits (ISO/IEC 7812) with the lengths their cards have.
_ISSUERS = re.compile(
    r"62\d{14,17}|4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|35\d{14}"
    r"|6(?:011|5\d\d)\d{12}|95\d{14,17}"
)
_LABELLED = re.compile(f"{D}(?:(?:[{SPACE}-]{{0,2}}|{BREAK}(?={D}{{4}})){D}){{7,29}}(?![0-9０-９A-Za-z])")
_LONG = re.compile(f"{D}(?:[{SPACE}/-]?{D}){{13,19}}(?![0-9０-９A-Za-z])")
_BESIDE = f"(?:[号號][码碼]?|no|number|num|为|是|[：:#{JOINT}\\r\\n])"
_ACCOUNT = re.compile(
    rf"(?:[账帐帳賬]\s{{0,8}}[号號户戶]|卡\s{{0,8}}[号號]|银行卡|account|acct|a/c){_BESIDE}{{0,6}}\Z", re.IGNORECASE
)
_DEVICE = re.compile(rf"(?:IMEI|IMSI|ICCID|MEID|ESN){_BESIDE}{{0,4}}\Z", re.IGNORECASE)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")

SHAPES = (_CARD.pattern,)


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812 Annex B."""
    doubled = (int(c) * 2 for c in number[-2::-2])
    return (sum(int(c) for c in number[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0  # noqa: PLR2004


def card(text: str, at: int) -> Range | None:
    """A bank card's number that begins at ``at``: an issuer's first digits and a right check digit."""
    found = _CARD.match(text, at)
    if not found or not _ISSUERS.fullmatch(number := digits(found[0])) or not luhn(number) or uscc(number):
        return None
    if named_a_thing(text, at) or amount(text, at, found.end()):
        return None
    return found.span()


def _after(label: re.Pattern[str], number: re.Pattern[str], text: str, at: int) -> Range | None:
    found = number.match(text, at)
    if not found or not label.search(text, max(0, at - LOOK_BACK), at) or amount(text, at, found.end()):
        return None
    return found.span()


def account(text: str, at: int) -> Range | None:
    """A bank account's number at ``at``: nothing but its label tells it from any other number."""
    return _after(_ACCOUNT, _LABELLED, text, at)


def device(text: str, at: int) -> Range | None:
    """The number of a telephone or SIM card at ``at`` (IMEI, IMSI, ICCID), by its label."""
    return _after(_DEVICE, _LONG, text, at)


def ibans(text: str) -> Iterator[Range]:
    """International bank account numbers on a page that names them (ISO 13616, check digits by MOD 97-10)."""
    if "IBAN" in text:
        for found in _IBAN.finditer(text):
            code = found[0].replace(" ", "")
            if int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1:
                yield found.span()
