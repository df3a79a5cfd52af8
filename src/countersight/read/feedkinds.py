"""Which published data feed a source is, from its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum

from countersight.read.charset import marked
from countersight.read.sniff import is_text
from countersight.read.sniff import media_type as sniffed

JSON, XML, CSV = "application/json", "application/xml", "text/csv"


class Family(StrEnum):
    """A family of feeds that is read by its structure."""

    OCDS = "OCDS"
    TED = "EU TED notice"
    EFORMS = "EU TED notice, eForms"
    GLEIF = "GLEIF"
    BODS = "Beneficial Ownership Data"
    NOTICES = "list of procurement notices"


# Of each row, all must be found in the first bytes; the keys are those of the Open Contracting Data Standard 1.1.
_OCDS = (
    (rb'"ocid"\s*:',),
    (rb'"(?:compiledRelease|versionedRelease)"\s*:',),
    (rb'"releases"\s*:\s*\[', rb'"(?:publisher|publishedDate|uri|version|extensions)"\s*:'),
    (rb'"initiationType"\s*:', rb'"tender"\s*:'),
    (rb'"(?:contracts|awards)"\s*:\s*\[', rb'"(?:awardID|suppliers)"\s*:'),
    (rb'"procuringEntity"\s*:', rb'"(?:procurementMethod|tenderPeriod|numberOfTenderers)"\s*:'),
)
# The types of the GLEIF API 1.0, and how golden copy files of levels 1 and 2 begin.
_GLEIF = (
    (rb'"type"\s*:\s*"(?:lei-records|relationship-records|field-modifications|reporting-exceptions)"',),
    (rb'"goldenCopy"\s*:\s*\{\s*"publishDate"',),
    (rb'"(?:records|exceptions)"\s*:\s*\[\s*\{\s*"LEI"\s*:\s*\{\s*"\$"',),
    (rb'"relations"\s*:\s*\[\s*\{\s*"(?:RelationshipRecord|Relationship)"',),
)
# Statements of the Beneficial Ownership Data Standard: 0.4, and 0.1 to 0.3.
_BODS = (
    (rb'"statementId"\s*:', rb'"(?:recordType|declarationSubject)"\s*:'),
    (rb'"statementID"\s*:', rb'"statementType"\s*:'),
)
# Lists of notices as portals of tenders hand them out, which keep to no standard: each with its title, number and kind.
_NOTICES = (
    (
        rb'"notices"\s*:\s*\[\s*\{',
        rb'"(?:title|projectName)"\s*:',
        rb'"noticeType"\s*:',
        rb'"(?:projectNo|projectCode|bidNo)"\s*:',
    ),
)
_GLEIF_COLUMNS = re.compile(
    rb'"?(?:LEI"?,"?(?:Entity\.|Exception\.)|Relationship\.StartNode\.NodeID"?,)', re.IGNORECASE
)  # what a golden copy CSV begins with
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?:\s[^>]*)?>")
_BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOTS = {
    b"TED_EXPORT": Family.TED,
    b"LEIData": Family.GLEIF,
    b"RelationshipData": Family.GLEIF,
    b"ReportingExceptionData": Family.GLEIF,
}
_EFORMS = re.compile(
    rb"urn:oasis:names:specification:ubl:schema:xsd:(?:ContractNotice|ContractAwardNotice|PriorInformationNotice)-2"
    rb"|http://data\.europa\.eu/p27/eforms-business-registration-information-notice/1"
)


def recognised(head: bytes, name: str) -> tuple[Family, str] | None:
    """The family and the media type (JSON, XML or CSV); None where it is no such feed."""
    if sniffed(head, name) is not None or not is_text(head):
        return None
    encoding, mark = marked(head)
    text = head[mark:].lstrip()
    if encoding not in (None, "utf-8"):
        text = head[mark:].decode(encoding, "replace").encode().lstrip()
    if text[:1] in (b"{", b"["):
        return _json(text)
    if text[:1] == b"<":
        return _xml(text)
    return (Family.GLEIF, CSV) if _GLEIF_COLUMNS.match(text) else None


def _json(text: bytes) -> tuple[Family, str] | None:
    for family, rows in (
        (Family.GLEIF, _GLEIF),
        (Family.BODS, _BODS),
        (Family.OCDS, _OCDS),
        (Family.NOTICES, _NOTICES),
    ):
        if any(all(re.search(key, text) for key in row) for row in rows):
            return family, JSON
    return None


def _xml(text: bytes) -> tuple[Family, str] | None:
    before = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, before.end() if before else 0)
    if not root:
        return None
    family = Family.EFORMS if _EFORMS.search(root[0]) else _ROOTS.get(root[1])
    return (family, XML) if family else None
