from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from countersight.case import Case
from countersight.errors import UsageError
from countersight.run.serial import SerialExecutor
from countersight.sample import Answer
from countersight.store.config import Config
from endtoend import CITED, here, pdf

SERIAL = SerialExecutor()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def case(warm: None, tmp_path: Path) -> Case:
    """Pages: four of a PDF of which one is cited and one is blank, a text with a telephone number, an empty file."""
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf(CITED, "The lamps are repaired.", "The road is mended.", ""))
    (folder / "b.txt").write_text("Minutes of the meeting. Call 13912345678 before winter.")
    (folder / "copy.txt").write_text("Minutes of the meeting. Call 13912345678 before winter.")
    (folder / "empty.txt").touch()
    made = Case.create(tmp_path / "case", Config())
    made.audit([folder], SERIAL)
    return made


def places(form: Path) -> list[tuple[str, str]]:
    return [(row["file"], row["page"]) for row in read(form)]


def read(form: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(form.read_text(encoding="utf-8-sig"))))


def filled(form: Path, *marks: str) -> bytes:
    """The form with a mark in these columns, line by line."""
    lines = read(form)
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0])
    writer.writeheader()
    writer.writerows(line | ({mark: "x"} if mark else {}) for line, mark in zip(lines, marks, strict=True))
    return out.getvalue().encode()


def test_pages_with_findings_blank_ones_and_copies_are_not_drawn(case: Case, tmp_path: Path) -> None:
    drawn = case.sample(100, "any words", tmp_path / "out", SERIAL).draw
    assert drawn.population == len(drawn.pages) == 3
    assert sorted(places(tmp_path / "out" / "sheet.csv")) == [("a.pdf", "2"), ("a.pdf", "3"), ("b.txt", "1")]


def test_the_same_seed_draws_the_same_pages_and_writes_the_same_bytes(case: Case, tmp_path: Path) -> None:
    one, other = (case.sample(2, "any words", tmp_path / name, SERIAL) for name in ("one", "other"))
    assert one.draw.pages == other.draw.pages
    paths = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert len(paths) >= 5
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "other" / path).read_bytes() for path in paths)
    firsts = {case.sample(1, f"seed {n}", tmp_path / f"s{n}", SERIAL).draw.pages for n in range(8)}
    assert len(firsts) > 1


def test_the_sheet_shows_pictures_and_masked_words(case: Case, tmp_path: Path) -> None:
    case.sample(3, "any words", tmp_path / "out", SERIAL)
    html = (tmp_path / "out" / "sheet.html").read_text()
    assert html.count("<img ") == 2
    pages = "".join(path.read_text() for path in (tmp_path / "out" / "pages").iterdir())
    assert "The lamps are repaired." in pages
    assert "13912345678" not in pages
    assert "█" in pages
    for row in read(tmp_path / "out" / "sheet.csv"):
        assert (tmp_path / "out" / row["link"]).is_file()


def test_draws_and_answers_are_acts_that_the_dossier_tells_and_verify_derives_again(case: Case, tmp_path: Path) -> None:
    case.sample(3, "any words", tmp_path / "out", SERIAL)
    dossier = case.root / "dossier" / "index.html"
    assert "Nobody has given answers yet" in dossier.read_text()
    form = filled(tmp_path / "out" / "sheet.csv", "not_relevant", "relevant", "")
    made = case.answer(form, "second reader", SERIAL)
    assert made.answers == (Answer.NOT_RELEVANT, Answer.RELEVANT, None)
    assert "2 pages read by second reader" in dossier.read_text()
    acts = [json.loads(line)["act"] for line in (case.root / "ledger.jsonl").read_text().splitlines()]
    assert acts[-2:] == ["sampled", "answered"]
    assert Case(case.root).verify(SERIAL) == []


def test_the_same_answers_again_change_nothing_and_others_supersede_them(case: Case, tmp_path: Path) -> None:
    case.sample(3, "any words", tmp_path / "out", SERIAL)
    form = tmp_path / "out" / "sheet.csv"
    for _ in range(2):
        case.answer(filled(form, "not_relevant", "", ""), "second reader", SERIAL)
    entries = len(case.journal.entries)
    made = case.answer(filled(form, "not_relevant", "not_relevant", "unreadable"), "third reader", SERIAL)
    assert len(case.journal.entries) == entries + 1
    assert (made.by, made.estimate.unanswered, made.estimate.unreadable) == ("third reader", 0, 1)
    assert [each.by for each in case.samples()] == ["third reader"]


def test_a_sheet_is_not_overwritten_nor_written_into_the_case(case: Case, tmp_path: Path) -> None:
    case.sample(1, "any words", tmp_path / "out", SERIAL)
    with pytest.raises(UsageError, match="holds a sampling sheet already"):
        case.sample(1, "any words", tmp_path / "out", SERIAL)
    for inside in ("evidence", "derived/images", ""):
        with pytest.raises(UsageError, match="lies inside the case"):
            case.sample(1, "any words", case.root / inside, SERIAL)


def test_nothing_is_drawn_from_a_case_that_has_changed_since_its_audit(case: Case, tmp_path: Path) -> None:
    (case.root / "case.toml").write_text((case.root / "case.toml").read_text() + "\n")
    with pytest.raises(UsageError, match="has changed since its last audit"):
        Case(case.root).sample(1, "any words", tmp_path / "out", SERIAL)


def test_nothing_is_drawn_where_every_page_is_cited(warm: None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CITED)
    made = Case.create(tmp_path / "case", Config())
    made.audit([tmp_path / "a.txt"], SERIAL)
    with pytest.raises(UsageError, match="nothing to draw from"):
        made.sample(1, "any words", tmp_path / "out", SERIAL)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pages", "3"], "needs --seed TEXT and --out DIR"),
        (["--pages", "3", "--seed", "x"], "needs --seed TEXT and --out DIR"),
        (["--pages", "3", "--answers", "x.csv"], "either draw pages or give answers"),
        (["--answers", "x.csv"], "who read the pages?"),
        (["--answers", "nowhere.csv", "--by", "reader"], "no such file"),
    ],
)
def test_what_a_draw_or_answers_lack_is_said(
    case: Case, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("sample", case.root, *arguments) == 2
    assert message in capsys.readouterr().err


def test_the_commands_print_words_and_json(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here("sample", case.root) == 0
    assert "no pages were drawn" in capsys.readouterr().out
    out = tmp_path / "out"
    assert here("sample", case.root, "--pages", "2", "--seed", "s", "--out", out, "--executor", "serial") == 0
    assert f"form to fill in: {out / 'sheet.csv'}" in capsys.readouterr().out
    (tmp_path / "f.csv").write_bytes(filled(out / "sheet.csv", "relevant", "not_relevant"))
    told = ("--answers", tmp_path / "f.csv", "--by", "reader", "--executor", "serial", "--json")
    assert here("sample", case.root, *told) == 0
    (made,) = json.loads(capsys.readouterr().out)
    assert (made["relevant"], made["by"], made["population"]) == (1, "reader", 3)
    assert here("pages", case.root, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
