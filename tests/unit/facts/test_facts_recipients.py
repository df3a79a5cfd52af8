"""Who gets data, as sentences say it."""

from __future__ import annotations

import pytest

from countersight.facts.recipients import recipients
from countersight.model import Page


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("全部抓拍数据须实时推送至沙泉地区公安局大数据中心，并接受检查。", ["沙泉地区公安局大数据中心"]),
        ("视频数据接入沅川省监狱管理局。", ["沅川省监狱管理局"]),
        ("乙方应向沙泉县公安局实时推送人脸抓拍数据", ["沙泉县公安局"]),
        ("数据提供给晨星科技有限公司和启明数据有限公司使用", ["晨星科技有限公司", "启明数据有限公司"]),
        ("数据不得提供给晨星科技有限公司。", []),
        ("将投标文件提交至沙泉县公安局", []),
        (
            "All recordings shall be transmitted to the Vale Public Security Bureau and to Orrin Optics Ltd, daily",
            ["Vale Public Security Bureau", "Orrin Optics Ltd"],
        ),
        (
            "The Seller shall transfer all recorded data to the Ministry of Interior of Sorrel.",
            ["Ministry of Interior of Sorrel"],
        ),
        ("Data will be shared with the Vale County Council.", ["Vale County Council"]),
        ("The Supplier shall not disclose data to Acme Optics Corp.", []),
        ("The Supplier shall provide the data to the Buyer.", []),
        ("The Supplier shall deliver the cameras to Orrin Optics Ltd.", []),
    ],
)
def test_bodies_that_data_goes_to_are_told(text: str, due: list[str]) -> None:
    assert [clue.value for clue in recipients(Page(1, text))] == due
