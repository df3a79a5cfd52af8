from __future__ import annotations

import pytest
from find_small import words

ORDER = "{before: {of: alert, than: video, distance: 40}}"


@pytest.mark.parametrize(
    "text",
    [
        "The alarm rang three weeks before the camera came.",
        "Before the camera came, the alarm rang.",
        "The camera came after the alarm.",
        "The alarm had been ringing for a month when the camera came.",
        "By the time the camera came the alarm had rung.",
        "The alarm rang, and only then came the camera.",
        "The alarm rang; no. The alarm rang and the camera came only in June.",
        "视频前三日已报警",
        "报警早于摄像机",
        "摄像机晚于报警十日",
        "先有报警，才有摄像机",
        "视频发布时早已报警",
    ],
)
def test_words_put_one_thing_before_another(text: str) -> None:
    assert words(ORDER, text)


@pytest.mark.parametrize(
    "text",
    [
        "The camera came before the alarm.",
        "The alarm shall ring before the camera comes.",
        "No alarm rang before the camera came.",
        "The alarm rang. Before that the camera came.",
        "The alarm and the camera came when the register opened.",
        "视频前不得报警",
        "报警应早于摄像机",
        "视频前期报警",
        "视频发布时报警",
        "报警前的摄像机",
    ],
)
def test_words_that_put_nothing_before_another(text: str) -> None:
    assert words(ORDER, text) == []
