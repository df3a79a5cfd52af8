"""YAML read strictly: every complaint names the file, the line and what was expected there."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, NoReturn

import yaml

from countersight.errors import RuleError

_WAY_OUT = "correct that line; `countersight rules test` checks the file again"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves every scalar the text it is: what is a number or a date is for the reader of the field to say."""

    def resolve(self, *_: object) -> str:
        """No tag: nothing looks at it."""
        return ""


class Entry(NamedTuple):
    """One value of a YAML file that still knows its place."""

    node: yaml.Node
    file: str

    @property
    def line(self) -> int:
        """The line it begins on, from 1."""
        return self.node.start_mark.line + 1

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}, line {self.line}"

    def fail(self, expected: str) -> NoReturn:
        """Raises RuleError: file, line, what was expected."""
        raise RuleError(f"{self.place}: expected {expected}", way_out=_WAY_OUT)

    @property
    def is_mapping(self) -> bool:
        """Whether it is a set of ``key: value`` pairs."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def text(self) -> str:
        """A non-empty text; a number is taken as it is written. Raises RuleError."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            self.fail("a text")
        return " ".join(str(self.node.value).split()) if self.node.style == ">" else str(self.node.value).strip()

    def raw(self) -> str:
        """A text exactly as written, line breaks and tabs included. Raises RuleError."""
        self.text()
        return str(self.node.value)

    def integer(self) -> int:
        """A whole number. Raises RuleError."""
        word = self.text()
        if not word.lstrip("-").isdigit():
            self.fail("a whole number")
        return int(word)

    def boolean(self) -> bool:
        """``true`` or ``false``. Raises RuleError."""
        return self.choice(("true", "false")) == "true"

    def choice(self, allowed: Collection[str]) -> str:
        """One of the allowed words. Raises RuleError."""
        word = self.text()
        if word not in allowed:
            self.fail(f"one of {', '.join(allowed)}; found {word!r}")
        return word

    def items(self) -> tuple[Entry, ...]:
        """The entries of a list. Raises RuleError."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("a list")
        return tuple(Entry(node, self.file) for node in self.node.value)

    def texts(self) -> tuple[str, ...]:
        """The texts of a list. Raises RuleError."""
        return tuple(item.text() for item in self.items())

    def mapping(self, required: Collection[str] = (), optional: Collection[str] | None = None) -> dict[str, Entry]:
        """The values by key. Raises RuleError for a missing, unknown or double key; ``optional`` None allows any."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail(f"a mapping with {', '.join(required)}" if required else "a mapping")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            name, entry = str(key.value), Entry(value, self.file)
            if name in found:
                Entry(key, self.file).fail(f"{name!r} only once")
            if optional is not None and name not in required and name not in optional:
                Entry(key, self.file).fail(f"one of {', '.join((*required, *optional))}; found {name!r}")
            found[name] = entry
        missing = [name for name in required if name not in found]
        if missing:
            self.fail(f"the field {missing[0]!r}")
        return found


def read_yaml(text: str, file: str) -> Entry:
    """The top entry of a YAML text. Raises RuleError for broken YAML and for an empty file."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "text that is not YAML"
        raise RuleError(f"{file}, line {line}: expected YAML; {problem}", way_out=_WAY_OUT) from error
    if node is None:
        raise RuleError(f"{file}, line 1: expected a mapping; the file is empty", way_out=_WAY_OUT)
    return Entry(node, file)
