"""Rule packs: the rules, concepts and masks a run works with, and the digest that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path
from typing import TypeVar

from countersight.errors import RuleError
from countersight.find.lexicon import Concept, Lexicon, build, read_concepts
from countersight.find.masks import Mask, read_mask
from countersight.find.rules import Joined, Rule, Waiting, read_joined, read_rule, read_waiting
from countersight.find.uncollected import uncollected
from countersight.find.yamlfile import Entry, read_yaml
from countersight.model import Digest
from countersight.text.normal import flatten

BUILT_IN = Path(__file__).parent
"""Holds ``data/lexicon.yaml``, ``data/masks.yaml`` and ``rules/*.yaml``."""

GROUP = "countersight.rules"
"""Entry points of other distributions: each names a Path, the folder or file of a pack."""

_SECTIONS = ("concepts", "additions", "masks", "rules", "waiting", "joined", "glossary")


@dataclass(frozen=True)
class Pack:
    """Rules by id, concepts, masks and flags that wait for other parts of the program.

    ``glossary`` gives meanings of folded Chinese words for the gloss of quotes. ``digest`` changes whenever any of them
    does, and with nothing else.
    """

    rules: tuple[Rule, ...]
    lexicon: Lexicon
    masks: tuple[Mask, ...]
    waiting: tuple[Waiting, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[Joined, ...] = ()

    @cached_property
    def digest(self) -> Digest:
        """Names the pack."""
        concepts, words = sorted(self.lexicon.concepts.items()), sorted(self.glossary.items())
        parts = (self.rules, concepts, self.masks, self.waiting, self.joined, words)
        return Digest.of(repr(parts).encode())

    def rule(self, name: str) -> Rule:
        """The rule of that id. Raises RuleError where there is none."""
        for rule in self.rules:
            if rule.id == name:
                return rule
        raise RuleError(f"there is no rule {name!r}", way_out="`countersight rules list` lists them")

    def flag(self, name: str) -> Rule | Joined:
        """The rule or the joined flag of that id. Raises RuleError where there is none."""
        return next((flag for flag in self.joined if flag.id == name), None) or self.rule(name)

    def widen(self, word: str) -> tuple[str, ...]:
        """All forms, Chinese and English, of the concepts of which ``word`` is a form."""
        return self.lexicon.widen(word)


def load(extra: Sequence[Path] = (), *, built_in: bool = True) -> Pack:
    """The built-in pack, those of installed distributions and the extra files or folders of YAML, as one.

    Raises RuleError for a broken file, a name that is taken, a concept that does not exist, or a path that holds no
    rules.
    """
    roots = [(BUILT_IN, BUILT_IN), *((path, path) for path in _installed())] if built_in else []
    files = [file for path, root in (*roots, *((path, path) for path in extra)) for file in _files(path, root)]
    return read_pack(files)


@uncollected()
def read_pack(files: Iterable[tuple[str, str]]) -> Pack:
    """The pack of some YAML files, each given by the name complaints use and its text. Raises RuleError."""
    parts = [read_yaml(text, name).mapping((), _SECTIONS) for name, text in files]
    found: dict[str, tuple[Concept, Entry]] = {}
    for part in parts:
        for name, (concept, entry) in (read_concepts(part["concepts"]) if "concepts" in part else {}).items():
            if name in found:
                entry.fail(f"a concept of a new name; {name!r} is in {found[name][1].place}")
            found[name] = concept, entry
    for part in parts:
        for name, (more, entry) in (read_concepts(part["additions"], new=False) if "additions" in part else {}).items():
            if name not in found:
                entry.fail(f"a concept that exists; there is no {name!r}")
            found[name] = found[name][0].with_more(more), found[name][1]
    lexicon = build(found)
    masks = {entry: read_mask(entry, lexicon) for entry in _items(parts, "masks")}
    rules = {entry: read_rule(entry, lexicon) for entry in _items(parts, "rules")}
    _unique([(mask.id, entry) for entry, mask in masks.items()])
    words = (part["glossary"].mapping().items() for part in parts if "glossary" in part)
    glossary = {flatten(word): meaning.text() for word, meaning in chain.from_iterable(words)}
    waiting = {entry: read_waiting(entry) for entry in _items(parts, "waiting")}
    joined = {entry: read_joined(entry) for entry in _items(parts, "joined")}
    named: list[tuple[Entry, Rule | Waiting | Joined]] = [*rules.items(), *waiting.items(), *joined.items()]
    _unique([(one.id, entry) for entry, one in named])
    return Pack(_sorted(rules), lexicon, _sorted(masks), _sorted(waiting), glossary, _sorted(joined))


Item = TypeVar("Item", Rule, Mask, Waiting, Joined)


def _id(item: Rule | Mask | Waiting | Joined) -> str:
    return item.id


def _sorted(read: dict[Entry, Item]) -> tuple[Item, ...]:
    return tuple(sorted(read.values(), key=_id))


def _items(parts: list[dict[str, Entry]], section: str) -> list[Entry]:
    return [item for part in parts if section in part for item in part[section].items()]


def _unique(named: list[tuple[str, Entry]]) -> None:
    seen: dict[str, Entry] = {}
    for name, entry in named:
        if name in seen:
            entry.fail(f"an id of its own; {name!r} is in {seen[name].place}")
        seen[name] = entry


def _files(path: Path, root: Path) -> list[tuple[str, str]]:
    """The YAML files at or below a path by name, each with its text."""
    paths = [path] if path.is_file() else sorted(path.rglob("*.yaml"))
    if not paths:
        raise RuleError(f"{path}: no rules there", way_out="name a YAML file, or a folder that holds some")
    try:
        return [(_name(file, root), file.read_text(encoding="utf-8")) for file in paths]
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            f"{path}: cannot be read ({error})", way_out="save the rules as UTF-8 text you may read"
        ) from error


def _name(file: Path, root: Path) -> str:
    return str(file.relative_to(root)) if file != root and root == BUILT_IN else str(file)


def _installed() -> list[Path]:
    return [
        Path(entry.load()) for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
    ]
