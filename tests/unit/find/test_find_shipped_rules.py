"""The rules, masks and concepts as shipped: their own examples, the labelled passages, and what they may say."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from countersight.find import Pack, RuleDetector, load, run_examples
from countersight.find.selftest import judge

LABELLED = Path(__file__).parents[2] / "corpus" / "labelled.jsonl"
FLAGS = (
    *("BIO-01", "BIO-02", "BIO-03", "BIO-04", "BIO-05", "BIO-06", "BIO-07", "BIO-08"),
    *("CON-03", "CON-04", "CON-05", "CON-06", "CON-07"),
    *("DET-01", "DET-02", "DET-03", "DET-04"),
    *("GOV-01", "GOV-02", "GOV-03", "GOV-04", "GOV-05"),
    *("GRP-01", "GRP-02", "GRP-03", "GRP-04", "GRP-05", "GRP-06", "GRP-07", "GRP-08"),
    *("OVR-01", "OVR-02", "OVR-03", "OVR-04", "OVR-05", "OVR-06", "OVR-07", "OVR-08"),
    *("OWN-01", "OWN-02", "OWN-04"),
    *("REL-01", "REL-02", "REL-03"),
    *("SUP-01", "SUP-03", "SUP-04", "SUP-05"),
    *("SYS-01", "SYS-02", "SYS-03", "SYS-04", "SYS-05", "SYS-06", "SYS-07"),
)
AVOID = re.compile(
    r"\b(?:proves?|reveals?|admits?|caught|lied|lies|illegal|complicit|clearly|obviously|blacklisted|banned|contradicts)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load()


@pytest.fixture(scope="module")
def detector(pack: Pack) -> RuleDetector:
    return RuleDetector(pack)


def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


def test_the_ten_flags_are_there(pack: Pack) -> None:
    assert tuple(rule.id for rule in pack.rules if rule.id in FLAGS) == FLAGS


def test_every_rule_holds_to_its_examples(pack: Pack) -> None:
    assert [(r.rule, r.expected, r.got, r.example.text) for r in run_examples(pack) if not r.ok] == []


@pytest.mark.parametrize("flag", FLAGS)
def test_three_examples_and_counter_examples_in_each_language(pack: Pack, flag: str) -> None:
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    for example in pack.rule(flag).examples:
        counts[example.language, example.expect != "none"] += 1
    assert all(counts[language, found] >= 3 for language in ("zh", "en") for found in (True, False)), dict(counts)


def test_no_rule_uses_a_word_to_avoid(pack: Pack) -> None:
    for rule in pack.rules:
        words = " ".join((rule.title, rule.definition, rule.shows, rule.does_not_show, *rule.norms, *rule.alternatives))
        assert AVOID.search(words) is None, rule.id
    assert all(AVOID.search(mask.why) is None for mask in pack.masks)


def test_norms_from_general_knowledge_keep_their_mark(pack: Pack) -> None:
    for rule in pack.rules:
        for norm in rule.norms:
            if norm.startswith(("UNGP", "US State", "EU AI Act", "UK Surveillance", "OECD", "CSDDD", "CAT")):
                assert "unverified" in norm, (rule.id, norm)


def test_examples_are_not_the_labelled_passages(pack: Pack) -> None:
    examples = {example.text for rule in pack.rules for example in rule.examples}
    assert examples.isdisjoint(row["text"] for row in rows())


def test_each_flag_has_labelled_passages_half_of_them_innocent() -> None:
    outcomes = defaultdict(list)
    for row in rows():
        outcomes[row["flag"]].append(row["expect"] in {"finding", "lead"})
        assert row["lang"] in {"zh", "en"}
    for flag in FLAGS:
        assert len(outcomes[flag]) >= 10
        assert 0.35 <= sum(outcomes[flag]) / len(outcomes[flag]) <= 0.7, flag
    assert len({row["id"] for row in rows()}) == len(rows())


def test_labelled_passages_are_judged_well(detector: RuleDetector) -> None:
    right = wrong = missed = 0
    for row in rows():
        found = judge(detector, row["flag"], row["text"], row["kind"]) == "finding"
        due = row["expect"] == "finding"
        right, wrong, missed = right + (found and due), wrong + (found and not due), missed + (due and not found)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.9


def test_what_speaks_for_the_company_is_never_a_finding(detector: RuleDetector) -> None:
    said = {
        row["id"]: judge(detector, row["flag"], row["text"], row["kind"])
        for row in rows()
        if row["expect"] == "exculpatory"
    }
    assert set(said.values()) == {"exculpatory"}, said


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("人脸属性：性别、年龄、种族、口罩。", "人臉屬性：性別、年齡、種族、口罩。"),
        ("服务器配NVIDIA T4显卡8块，用于视频监控。", "服务器配ＮＶＩＤＩＡ　Ｔ４显卡８块，用于视频监控。"),
        ("看守所新装监控摄像机40台。", "看守 所新装监 控摄 像机40台。"),
        ("看守所新装监控摄像机40台。", "看守\n所新装监控摄像\n机40台。"),
    ],
)
def test_traditional_full_width_and_broken_words_are_the_same_words(
    detector: RuleDetector, plain: str, other: str
) -> None:
    def found(text: str) -> list[str]:
        return [flag for flag in FLAGS if judge(detector, flag, text, "tender") == "finding"]

    assert found(plain)
    assert found(other) == found(plain)


@pytest.mark.parametrize(
    "text",
    [
        "新疆维吾尔自治区某县人民医院摄像机采购",
        "投标人须知：少数服从多数。运维服务。三维地图。",
        "民族大学东门人脸识别门禁采购",
        "The campaign on campus was filmed by an ethical committee; a minority shareholder was notified.",
        "监狱企业证明、戒毒企业、残疾人福利性单位；监控设备",
        "",
        "█" * 500,
    ],
)
@pytest.mark.parametrize("kind", ["tender", "contract"])
def test_look_alikes_stay_clean(detector: RuleDetector, text: str, kind: str) -> None:
    assert {flag: said for flag in FLAGS if (said := judge(detector, flag, text, kind)) != "none"} == {}


@pytest.mark.parametrize("kind", ["press", "letter", "memo", "mail"])
def test_a_mere_mention_is_no_more_than_a_lead(detector: RuleDetector, kind: str) -> None:
    for row in rows():
        assert judge(detector, row["flag"], row["text"], kind) != "finding", row["id"]
