"""The words a dossier uses, and the words it never uses (domain guide §1.1 and §7.3).

A record may say anything and is quoted as it stands; held to this list are the program's and the rules' own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from countersight.errors import RuleError
from countersight.model import Finding

# §7.3 "avoid", with the words of crime and lying, "illegal" and "sanctions breach" that no output may hold.
_ENGLISH = (
    r"prov(?:e|es|ed|en|ing)",
    r"reveal(?:s|ed|ing)?",
    r"admit(?:s|ted|ting)?",
    r"caught",
    r"li(?:e|es|ed|ar|ars)|lying",
    r"(?:il|un)legal(?:ly|ity)?|unlawful(?:ly)?",
    r"complicit|complicity",
    r"clearly",
    r"obviously",
    r"black-?list(?:s|ed|ing)?",
    r"banned",
    r"sanctioned\s+(?:compan(?:y|ies)|entit(?:y|ies)|firms?|part(?:y|ies)|vendors?|suppliers?)",
    r"sanctions?[\s-]+(?:breach(?:es)?|violations?|evasion|busting)|breach(?:es|ed|ing)?\s+(?:of\s+)?sanctions",
    r"contradict(?:s|ed|ing|ory|ions?)?",
    r"crimes?(?!\s+control\b)",
    r"criminal(?!\s+(?:codes?|courts?|justice|law|prisons?|procedures?)\b)\w*",
    r"guilt|guilty",
)
_CHINESE = (
    "证明|證明|证实|證實|揭露|揭示|承认|承認|显然|顯然|明显|明顯|毫无疑问|毫無疑問"
    "|违法|違法|非法|犯罪|罪行|有罪|撒谎|撒謊|说谎|說謊|谎言|謊言|谎称|謊稱|共谋|共謀|同谋|同謀|共犯|帮凶|幫兇"
    "|黑名单|黑名單|违反制裁|違反制裁|制裁违规|制裁違規"
)
_BANNED = re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b|{_CHINESE}", re.IGNORECASE | re.ASCII)
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|《[^》]*》|“[^”]*”|\"[^\"]*\"")


def banned(text: str) -> list[str]:
    """The words of ``text`` that a dossier does not use, as written. Words inside quotation marks are a record's."""
    return [match[0] for match in _BANNED.finditer(_QUOTED.sub(" ", text))]


def refuse_banned(rule: str, texts: Iterable[str]) -> None:
    """Raise RuleError where a rule's own texts use a word that a dossier does not use."""
    found = [word for text in texts for word in banned(text)]
    if found:
        words = ", ".join(dict.fromkeys(found))
        raise RuleError(
            f"rule {rule} uses words that a dossier does not use: {words}",
            way_out="say what the record states, lists, requires or records; put the record's words in quotation marks",
        )


def check_findings(findings: Iterable[Finding]) -> None:
    """Hold the texts that come from rules alone to the list; ``shows`` and ``explanation`` may repeat a record's words.

    Raises RuleError that names the rule and the words.
    """
    seen = set()
    for finding in findings:
        own = (finding.title, finding.does_not_show, *finding.alternatives)
        if own not in seen:
            seen.add(own)
            refuse_banned(finding.rule, own)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the capability ladder (domain guide §1.1, axis B)."""

    code: str
    name: str
    shows: str
    records: str
    worded: str


_LADDER = (
    Rung("E0", "mention", "the term occurs", "press, index, heading", "mentions"),
    Rung("E1", "reserved", "a field or slot exists but is declared unused", "interface header", "reserves a field for"),
    Rung("E2", "capability", "a product or standard says it can", "standard, datasheet", "describes a capability to"),
    Rung("E3", "marketed", "offered to buyers", "brochure, product page, bid", "advertised"),
    Rung("E4", "required", "the buyer demands it", "tender, technical parameters", "required bidders to"),
    Rung("E5", "contracted", "signed", "contract, award notice, bill of quantities", "contracted to"),
    Rung("E6", "delivered", "installed or accepted", "acceptance report, delivery note", "was recorded as installed"),
    Rung("E7", "operated", "running, and by whom", "operations log, training material", "was operated by"),
    Rung("E8", "used", "applied to people, or led to an outcome", "case file, court record", "was used to"),
    Rung("K", "known", "the company knew or was told", "minutes, audit, letters", "was informed on a date that"),
)
RUNG_WORDS = {rung.code: rung for rung in _LADDER}

FAMILIES = {
    "GRP": "Targeting a group rather than a suspect",
    "REL": "Religion, belief and dissent",
    "DET": "Detention, coercion and forced labour",
    "SYS": "Population-scale systems and prediction",
    "BIO": "Biometrics and devices",
    "SUP": "Components and export control",
    "OWN": "Ownership and procurement integrity",
    "CON": "Conduct towards scrutiny",
    "GOV": "Due diligence and remedy",
    "OVR": "Oversight of surveillance contracts and policies",
}
