"""``case.toml``: what people say about the case. The program writes it once and never changes it again."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from typing import Any

from countersight.errors import RefusedError, UsageError
from countersight.store.disk import replace

FORMAT = 1
NAME = "case.toml"
_TITLE = "Dossier"


@dataclass(frozen=True, slots=True)
class Config:
    """Title, working languages, the legal basis of holding the records, the questions asked, the cover's notice.

    ``spoken`` is the language of recordings (ISO 639-1, ``zh``); None: told from each recording.
    """

    title: str = _TITLE
    languages: tuple[str, ...] = ("zh", "en")
    legal_basis: str | None = None
    questions: tuple[str, ...] = ()
    notice: str | None = None
    spoken: str | None = None

    def write(self, case: Path) -> None:
        """Leave a new ``case.toml``."""
        lines = [
            f"format = {FORMAT}",
            f"title = {_quoted(self.title)}",
            f"languages = [{', '.join(map(_quoted, self.languages))}]",
            "# Why these records may be held and read, e.g. journalism, legal claims, supervision.",
            f"legal_basis = {_quoted(self.legal_basis or '')}",
            "# What the case asks; printed on the cover.",
            f"questions = [{', '.join(map(_quoted, self.questions))}]",
            "# Shown at the top of the dossier.",
            f"notice = {_quoted(self.notice or '')}",
            '# The language spoken in recordings, e.g. "zh"; left empty, it is told from each recording.',
            f"spoken = {_quoted(self.spoken or '')}",
        ]
        replace(case / NAME, "".join(f"{line}\n" for line in lines).encode())

    @classmethod
    def read(cls, case: Path) -> Config:
        """The configuration of a case. Raises UsageError for a broken file, RefusedError for a newer format."""
        path = case / NAME
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{path} cannot be read: {error}", way_out="correct the file; the ledger is not affected"
            ) from error
        check_format(data.pop("format", None), path)
        return cls(
            _text(data, "title", path) or _TITLE,
            _texts(data, "languages", path) or ("zh", "en"),
            _text(data, "legal_basis", path) or None,
            _texts(data, "questions", path),
            _text(data, "notice", path) or None,
            _spoken(data, path),
        )


def check_format(found: object, path: Path) -> None:
    """Refuse a case of a newer version; complain about one that states none."""
    if isinstance(found, int) and found > FORMAT:
        raise RefusedError(
            f"{path} is of a newer countersight (case format {found}; this version knows {FORMAT})",
            way_out="use the newer version, or audit the records again into a new case",
        )
    if found != FORMAT or isinstance(found, bool):
        raise UsageError(
            f"{path} states no case format this version knows: {found!r}", way_out=f"write: format = {FORMAT}"
        )


def _quoted(text: str) -> str:
    escaped = "".join(c if c >= " " and c not in '"\\\x7f' else f"\\u{ord(c):04x}" for c in text)
    return f'"{escaped}"'


def _text(data: dict[str, Any], key: str, path: Path) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"{path}: {key} is not a text in quotes: {value!r}", way_out=f'write: {key} = "…"')
    return value.strip()


def _spoken(data: dict[str, Any], path: Path) -> str | None:
    code = _text(data, "spoken", path)
    if code and not fullmatch("[a-z]{2,3}", code):
        raise UsageError(f"{path}: spoken is not the code of a language: {code!r}", way_out='write: spoken = "zh"')
    return code or None


def _texts(data: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"{path}: {key} is not a list of texts: {value!r}", way_out=f'write: {key} = ["…", "…"]')
    return tuple(value)
