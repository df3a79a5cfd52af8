"""What paths of EU TED notices are of, by the schemas R2.0.8 and R2.0.9, and which of their forms is the original."""

from __future__ import annotations

import re
from collections.abc import Sequence

from countersight.model import Block, Page

# Endings of TED's paths, indices and the form's own element left out.
_TED = {
    "TD_DOCUMENT_TYPE": "kind",
    "NO_DOC_OJS": "notice_no",
    "REF_NOTICE.NO_DOC_OJS": "earlier",
    "PR_PROC": "method",
    "REF_OJS.DATE_PUB": "published",
    "CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY.OFFICIALNAME": "buyer",
    "CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY_ADDITIONAL.OFFICIALNAME": "buyer",  # who procures jointly with it
    "CA_CE_CONCESSIONAIRE_PROFILE.ORGANISATION.OFFICIALNAME": "buyer",
    "OBJECT_CONTRACT.TITLE.P": "title",
    "TITLE_CONTRACT.P": "title 1",
    "OBJECT_CONTRACT.REFERENCE_NUMBER": "reference",
    "FILE_REFERENCE_NUMBER.P": "reference",
    "AWARD_CONTRACT.CONTRACT_NO": "contract_no",
    "PROCEDURE.NOTICE_NUMBER_OJ": "earlier",
    "OBJECT_CONTRACT.VAL_TOTAL": "value",
    "VALUES.VAL_TOTAL_AFTER": "value",
    "VALUES.VAL_TOTAL": "value 1",
    "AWARDED_CONTRACT.VAL_TOTAL": "value 1",
    "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE.VALUE_COST": "value 1",
    "TOTAL_FINAL_VALUE.COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE.VALUE_COST": "value",
    "COSTS_RANGE_AND_CURRENCY.VALUE_COST": "budget",
    "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT.VALUE_COST": "budget 2",
    "OBJECT_CONTRACT.VAL_ESTIMATED_TOTAL": "budget",
    "VALUES.VAL_ESTIMATED_TOTAL": "budget 2",
    "CONTRACTOR.ADDRESS_CONTRACTOR.OFFICIALNAME": "supplier",
    "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME.ORGANISATION.OFFICIALNAME": "supplier",
    "PROCEDURE.DATE_RECEIPT_TENDERS": "closing",
    "CODIF_DATA.DT_DATE_FOR_SUBMISSION": "closing 2",
    "AWARDED_CONTRACT.DATE_CONCLUSION_CONTRACT": "signed",
    "OBJECT_DESCR.DATE_START": "start",
    "OBJECT_DESCR.DATE_END": "end",
    "OBJECT_DESCR.MAIN_SITE.P": "place",
    "OBJECT_DESCR.DURATION": "term",
    "PERIOD_WORK_DATE_STARTING.MONTHS": "term",
    "PERIOD_WORK_DATE_STARTING.DAYS": "term",
    "OBJECT_DESCR.OPTIONS_DESCR.P": "option",
    "OBJECT_DESCR.RENEWAL_DESCR.P": "option 1",
    "SITE_OR_LOCATION.LABEL.P": "place",
    "LOCATION_NUTS.LOCATION.P": "place",
    "OBJECT_DESCR.EU_PROGR_RELATED.P": "funding",
    "RELATES_TO_EU_PROJECT_YES.P": "funding",
    "NOTICE_DATA.PERFORMANCE_NUTS": "place 2",
    "NOTICE_DATA.ORIGINAL_NUTS": "place 3",
}
_TED_PARTS = sorted({path.count(".") + 1 for path in _TED})
_NOT_AWARD = re.compile(r"APPEAL|LODGING|FURTHER|ADDRESS_REVIEW|CENTRAL_PURCHASING")
_DECIDED = re.compile(r"\.F(?:15|23|25)_")  # forms whose day of conclusion is headed as that of the award decision
LOT = re.compile(r"ANNEX_B\w*[.\[]")  # what older forms say of a lot
DATED = {
    "CONTRACT_AWARD_DATE": "award",
    "RECEIPT_LIMIT_DATE": "closing",
    "INTERVAL_DATE.START_DATE": "start",
    "INTERVAL_DATE.END_DATE": "end",
}


def known(path: str) -> str | None:
    """The field that a path without indices is of, with its level."""
    parts = path.split(".")
    told = next((_TED[key] for n in reversed(_TED_PARTS) if (key := ".".join(parts[-n:])) in _TED), "")
    field = told.partition(" ")[0]
    sold = "ECONOMIC_OPERATOR" in path or "CONTRACTOR" in path
    if field in {"buyer", "supplier"} and (_NOT_AWARD.search(path) or (field == "supplier" and not sold)):
        return None
    if field == "value" and "MODIFICATIONS_CONTRACT" in path:
        return "value"  # what the contract is worth from then on, which is what such a notice tells
    if field == "signed" and _DECIDED.search(path):
        return "award"
    if LOT.search(path):
        return "budget 3" if told == "budget" else None
    return told or None


def translations(page: Page, fields: Sequence[Block]) -> frozenset[str]:
    """The forms of a TED notice, one in each language, but for the first original, or the first if none is marked.

    Of a notice cut into parts a part that holds translations alone tells nothing.
    """
    forms = dict.fromkeys(one for block in fields if (one := form(block.ref)))
    marked = {
        block.ref.removesuffix(_MARK): page.text[block.start : block.end]
        for block in fields
        if block.ref.endswith(_MARK)
    }
    read = [one for one in forms if marked.get(one) == "ORIGINAL"] or [one for one in forms if one not in marked]
    if not read and page.label is None:
        read = list(forms)
    return frozenset(forms) - frozenset(read[:1])


def form(path: str) -> str:
    """The form that a path of a TED notice lies in."""
    found = _FORM.match(path)
    return found[0] if found else ""


_MARK = "@CATEGORY"
_FORM = re.compile(r"FORM_SECTION\.[A-Z]\w+(?:\[\d+\])?(?=[.@])")


def dated(path: str) -> str:
    """The name that tells of what a date in parts is, the longer one first; none if it is of something else."""
    names = path.split(".")
    return next((name for n in (2, 1) if (name := ".".join(names[-n:])) in DATED), "")
