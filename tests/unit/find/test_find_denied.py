"""What a record denies outright makes no finding; a lack that a rule asks for still does."""

import pytest

from countersight.find import RuleDetector, load
from countersight.find.selftest import explain
from countersight.model import Page


@pytest.fixture(scope="module")
def detector() -> RuleDetector:
    return RuleDetector(load())


def accused(detector: RuleDetector, text: str) -> set[str]:
    """The flags with a hit that speaks against somebody."""
    return {hit.rule for hit in detector.detect(Page(1, text))[0] if not hit.negated}


@pytest.mark.parametrize(
    "text",
    [
        "9.3 FOI: the supplier helps; no right to veto.",
        "Public records: footage and this agreement are open to the public. The vendor's leave is not needed.",
        "Part III: police claims of the public are paid to third parties first; no gag terms in settlements.",
        "Old cards stop on the change-over day. No biometric readers. No phone tracking.",
        "调看填写登记簿，写明事由，由主任签字。不设人脸识别等智能分析，不与外部联网。",
        "不安装车载监测终端，不采集车辆轨迹。理赔档案按保险监管规定保管。被保险人均可直接请求赔偿。",
        "未带卡的由宿管核对名单后放行。不采集指纹、人脸。",
    ],
)
def test_a_thing_denied_is_no_finding(detector: RuleDetector, text: str) -> None:
    assert accused(detector, text) == set()


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        (
            "OVR-04",
            "No footage from the vendor's cameras is shown to the defence; the agreement is secret from the court.",
        ),
        ("OVR-05", "检索人脸轨迹不设案由，任何民警均可查询。"),
        ("OVR-08", "The vendor has no liability to any person arrested after a false match of the face system."),
        ("OVR-01", "不设自动删除，抓拍的人脸图片永久保存。"),
    ],
)
def test_a_lack_the_rule_asks_for_is_one(detector: RuleDetector, flag: str, text: str) -> None:
    assert flag in accused(detector, text)


def test_what_is_said_beside_a_denial_still_counts(detector: RuleDetector) -> None:
    text = "本系统不采集指纹，抓拍的人脸图片永久保存。"
    assert "OVR-01" in accused(detector, text)


def test_a_flag_on_denials_reads_them(detector: RuleDetector) -> None:
    text = "Since 2018 no product has contained it, and the company does not offer minority recognition in any market."
    assert "CON-03" in accused(detector, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No officer may disclose the use of the simulator to any court.", {"OVR-04"}),
        ("Officers must disclose the use of the simulator to the court.", set()),
    ],
)
def test_what_nobody_may_say_is_not_laid_open(detector: RuleDetector, text: str, found: set[str]) -> None:
    assert accused(detector, text) == found


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("OVR-01", "Logs of face searches are never deleted and are read by the ombudsman."),
        ("OVR-06", "任何人以人像查人，均在审计系统留下姓名、时间、事由；删除权限对所有人（含厂家）关闭。"),
        ("OVR-06", "Nobody, not even the Vendor, can switch the log of plate searches off."),
        ("OVR-08", "Persons stopped by mistake are paid by the Supplier; the cap in clause 14 does not apply to them."),
        ("OVR-05", "人像检索事由不得以“其他”代替。"),
        ("OVR-03", "乙方应采取措施防止监控录像被出售、出租或用于训练。"),
    ],
)
def test_a_safeguard_accuses_nobody(detector: RuleDetector, flag: str, text: str) -> None:
    assert flag not in accused(detector, text)


@pytest.mark.parametrize(
    ("flag", "text", "reason"),
    [
        ("OVR-04", "9.3 FOI: the supplier helps; no right to veto.", "does not hold without what the record says"),
        ("OVR-05", "调看填写登记簿，写明事由。不设人脸识别等智能分析，不与外部联网。", "does not hold without"),
    ],
)
def test_explaining_says_that_a_denial_keeps_it_from_being_a_hit(flag: str, text: str, reason: str) -> None:
    why = explain(load(), text, flag)[0]
    assert not why.holds
    assert any(reason in step.what for step in why.parts)
