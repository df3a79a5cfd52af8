"""A small pack for the tests of this folder, and a short way to make others."""

from __future__ import annotations

from countersight.find.detector import RuleDetector
from countersight.find.packs import Pack, read_pack
from countersight.find.rules import Rule
from countersight.model import Hit, Page

CONCEPTS = """
concepts:
  negation: {gloss: not, zh: [不得, 不采集, 不含], en: [=not, =no, =never], except: [不得少于]}
  uyghur: {gloss: Uyghur, zh: [维吾尔族, 维族], bare: [维], en: [Uyghur, Uighur], code: [UYGUR], except: [维族文]}
  tibetan: {gloss: Tibetan, zh: [藏族], en: [Tibetan]}
  ethnonym: {gloss: a group, includes: [uyghur, tibetan]}
  han: {gloss: Han, zh: [汉族], bare: [汉], en: [Han]}
  other: {gloss: other, zh: [其他, 非少数民族], en: [other, not a minority]}
  unknown: {gloss: unknown, zh: [未知], en: [unknown]}
  rest: {gloss: the rest, includes: [han, other, unknown]}
  alert: {gloss: alert, zh: [告警, 预警, 报警], en: [alert, alarm]}
  weather: {gloss: weather, zh: [天气], en: [weather]}
  video: {gloss: video, zh: [视频, 摄像机], en: [camera, video], local: true}
  register: {gloss: register, zh: [户籍], en: [register]}
  reserved: {gloss: reserved, zh: [字段预留], en: [reserved]}
  gpu: {gloss: GPU, zh: [显卡, NPU], en: [gpu], code: [T4]}
"""

MASKS = """
masks:
- {id: MSK-01, why: the name of a place, zh: ["{ethnonym}自治县"], en: [Uyghur Road]}
- {id: MSK-02, why: weather, zh: [预警], when: [weather], unless: [video]}
"""

RULE = """
- id: {id}
  family: GRP
  title: An alert on a group
  severity: [4, 5, 3]
  min_rung: E2
  definition: Presence of a group raises an alarm.
  why: No one in it need be suspected of anything.
  shows: an alarm tied to a group
  does_not_show: that it was used
  norms: ["UNGP 18 (unverified)"]
  alternatives: []
  when: {when}
  examples: [{{lang: zh, text: 例}}]
  counter_examples: [{{lang: zh, text: 例}}]
"""


def rule_text(when: str, extra: str = "", name: str = "GRP-04") -> str:
    """One rule as YAML; ``extra`` are further lines of it."""
    lines = "".join(f"  {line}\n" for line in extra.strip().splitlines())
    return RULE.format(id=name, when=when).rstrip("\n") + "\n" + lines


def pack(when: str, extra: str = "") -> Pack:
    """A pack of one rule over the small lexicon and masks."""
    return read_pack([("small.yaml", CONCEPTS + MASKS + "rules:" + rule_text(when, extra))])


def rule(when: str, extra: str = "") -> Rule:
    """That one rule."""
    return pack(when, extra).rules[0]


def hits(when: str, text: str, extra: str = "") -> tuple[Hit, ...]:
    """The hits of that rule on a page of text."""
    return RuleDetector(pack(when, extra)).detect(Page(1, text))[0]


def words(when: str, text: str, extra: str = "") -> list[list[str]]:
    """The words each hit rests on."""
    return [[term.text for term in hit.terms] for hit in hits(when, text, extra)]
