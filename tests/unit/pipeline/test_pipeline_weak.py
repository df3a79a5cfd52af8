"""A scan whose characters were read weakly, from the audit to dossier, export and search. What OCR says is made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from countersight import cli
from countersight.case import Case
from countersight.model import Agent, Box, Page, Place, Reading, Status, Weak
from countersight.read import scan
from countersight.run.serial import SerialExecutor
from countersight.store.config import Config

TEXT = "澜溪县视频监控项目招标文件\n系统应支持雄吾尔旅人员属性识别并自动告警。\n联系电话：138O0138000"
WEAK = {TEXT.index("雄"): "维唯", TEXT.index("旅"): "族旋", TEXT.index("O"): "0", len(TEXT) - 1: "6"}


def read(_path: Path, media: str, number: int, *_more: object) -> Reading:
    weak = tuple(Weak(at, 0.6, others) for at, others in sorted(WEAK.items()))
    places = tuple(
        Place(at, at + 1, Box(0.1, 0.1, 0.2, 0.2), 0.6 if at in WEAK else 1.0)
        for at, char in enumerate(TEXT)
        if char.strip()
    )
    page = Page(number, TEXT, places=places, origin="ocr", confidence=0.9, weak=weak)
    return Reading(media, Agent("ocr", "1"), Status.READ, (page,), 1)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(scan, "read", read)  # the executor's processes are forked from this one
    (tmp_path / "records").mkdir()
    Image.effect_noise((300, 200), 60).save(tmp_path / "records" / "scan.png")
    made = Case.create(tmp_path / "case", Config())
    made.audit([tmp_path / "records"], SerialExecutor())
    return made


def rows(case: Case, out: Path, name: str) -> list[dict[str, Any]]:
    case.export("jsonl", out, pages=True)
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_weak_characters_are_told_everywhere_and_chosen_nowhere(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (page,) = rows(case, tmp_path / "out", "pages")
    assert page["text"] == TEXT[: TEXT.index("138")] + "█" * 11  # a number if the letter is a digit
    assert [(one["read"], one["others"]) for one in page["weak"]] == [("雄", "维唯"), ("旅", "族旋")]

    leads = rows(case, tmp_path / "out", "findings")
    assert {lead["strength"] for lead in leads} == {"lead"}
    lead = next(lead for lead in leads if lead["rule"] == "GRP-04")
    assert lead["citations"][0]["quote"] == "系统应支持雄吾尔旅人员属性识别并自动告警。"
    assert any("read “雄”, may be “维”" in note for note in lead["notes"])
    (confidence,) = lead["confidence"]
    assert confidence == pytest.approx((19 + 2 * 0.6) / 21, abs=1e-4)
    assert [one["read"] for one in lead["weak"][0]] == ["雄", "旅"]

    dossier = (case.root / "dossier" / "index.html").read_text(encoding="utf-8")
    assert '(may be <span lang="zh">维 唯</span>)' in dossier
    assert "雄" in dossier
    assert "138O" not in dossier

    (match,) = case.search("维吾尔族")
    assert (match.citation.quote, match.supposed) == ("雄吾尔旅", ((TEXT.index("雄"), "维"), (TEXT.index("旅"), "族")))
    assert cli.main(["search", str(case.root), "维吾尔族"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("[read 雄, may be 维, read 旅, may be 族]")
    assert [match.supposed for match in case.search("雄吾尔")] == [()]
    assert list(case.search("13800138000")) == []
    assert case.verify(SerialExecutor()) == []
