from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersight.errors import RefusedError, UsageError
from countersight.store.config import Config, check_format

ODD = ['say "so"', "C:\\new\\table", "一\n二\r\n三", "📷 ﷽", "tab\there", "\x00\x1b\x7f\x85\u2028", "'''", '"""', "#"]


def write(case: Path, text: str) -> None:
    (case / "case.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_come_back_as_they_were(tmp_path: Path, odd: str) -> None:
    config = Config(f"a{odd}b", ("zh", odd), f"<{odd}>", (odd, "", odd), f"({odd})")
    config.write(tmp_path)
    assert Config.read(tmp_path) == config


@given(
    st.builds(
        Config,
        st.text(min_size=1).filter(lambda text: text == text.strip() != ""),
        st.lists(st.text(), min_size=1).map(tuple),
        st.none() | st.text(min_size=1).filter(lambda text: text == text.strip() != ""),
        st.lists(st.text()).map(tuple),
    )
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_config_round_trips(tmp_path: Path, config: Config) -> None:
    config.write(tmp_path)
    assert Config.read(tmp_path) == config


def test_what_is_not_said_is_absent(tmp_path: Path) -> None:
    Config().write(tmp_path)
    assert Config.read(tmp_path) == Config("Dossier", ("zh", "en"), None, (), None)
    assert tomllib.loads((tmp_path / "case.toml").read_text())["format"] == 1


def test_a_file_people_wrote_may_say_as_little_as_its_format(tmp_path: Path) -> None:
    write(tmp_path, 'format = 1 # ours\nmine = "kept"\n\ntitle = """\n  蓝溪  """\n')
    assert Config.read(tmp_path).title == "蓝溪"


@pytest.mark.parametrize("newer", [2, 10**30])
def test_a_newer_format_is_refused(tmp_path: Path, newer: int) -> None:
    write(tmp_path, f"format = {newer}\n[something.else]\n")
    with pytest.raises(RefusedError, match=r"newer countersight") as caught:
        Config.read(tmp_path)
    assert caught.value.exit_code == 5
    assert "newer version" in caught.value.way_out


@pytest.mark.parametrize("bad", ["", "title = 'x'", "format = 0", "format = '1'", "format = true", "format = -1"])
def test_a_format_nobody_knows_is_a_mistake(tmp_path: Path, bad: str) -> None:
    write(tmp_path, bad)
    with pytest.raises(UsageError, match="case format") as caught:
        Config.read(tmp_path)
    assert "format = 1" in caught.value.way_out
    assert str(tmp_path / "case.toml") in caught.value.what


@pytest.mark.parametrize("broken", [b"format = ", b"format = 1\nformat = 1", b"\xff\xfe", b"title = 'a\nb'", b"\x00"])
def test_a_broken_file_is_named(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "case.toml").write_bytes(broken)
    with pytest.raises(UsageError, match=r"case\.toml cannot be read"):
        Config.read(tmp_path)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("title = 1", "title"),
        ('legal_basis = ["a"]', "legal_basis"),
        ('questions = "why?"', "questions"),
        ("languages = [1]", "languages"),
        ("notice = 2020-01-01", "notice"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_how_to_write_it(tmp_path: Path, line: str, key: str) -> None:
    write(tmp_path, f"format = 1\n{line}\n")
    with pytest.raises(UsageError, match=f": {key} is not a") as caught:
        Config.read(tmp_path)
    assert caught.value.way_out.startswith(f"write: {key} = ")


def test_the_ledger_states_its_format_too(tmp_path: Path) -> None:
    check_format(1, tmp_path)
    with pytest.raises(RefusedError):
        check_format(2, tmp_path)
    with pytest.raises(UsageError):
        check_format(None, tmp_path)
