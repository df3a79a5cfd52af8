from __future__ import annotations

import pytest
from find_small import words

ORDER = "{earlier: {of: alert, than: video, days: 30}}"


@pytest.mark.parametrize(
    "text",
    [
        "alarm: 3 May 2021. Camera: 11 May 2021.",
        "alarm 2 May; camera 4 May",
        "报警 2021年5月3日；摄像机 2021年5月11日",
        "摄像机\t6月20日\n报警\t6月12日",
        "On 3 May the alarm; the camera on May 11th",
        "the camera: 11 May 2021; alarm: 3 May",
        "报警 2021年5月；摄像机 2021年6月",
        "报警五月三日；摄像机五月二十日",
        "报警 2021年12月20日；摄像机次年1月",
        "alarm in May; the camera came in June",
        "alarm in December 2020; camera of January 2021",
    ],
)
def test_one_day_before_another(text: str) -> None:
    assert words(ORDER, text, "scope: section")


@pytest.mark.parametrize(
    "text",
    [
        "alarm: 11 May 2021. Camera: 3 May 2021.",
        "alarm 4 May; camera 4 May",
        "alarm 4 May 2019; camera 5 May 2021",
        "alarm, 3 May; camera: none",
        "alarm: 31 February; camera: 1 March",
        "报警 2021年；摄像机 2022年",
        "报警 2021年5月；摄像机 2021年5月20日",
        "报警 2021年5月；摄像机 去年6月",
        "it may alarm; camera in June",
        "报警。5月3日；摄像机5月11日",
    ],
)
def test_no_day_before_another(text: str) -> None:
    assert words(ORDER, text, "scope: section") == []
