"""Masks: words that look like a flag's and are not. They run first; what lies inside one can trigger nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from countersight.find.lexicon import Form, Lexicon
from countersight.find.yamlfile import Entry
from countersight.text.normal import flatten

_TEMPLATE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Mask:
    """Forms that are masked, and why.

    ``when`` and ``unless`` name concepts that must, or must not, stand in the same sentence for the mask to apply.
    """

    id: str
    why: str
    forms: tuple[Form, ...]
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def read_mask(entry: Entry, lexicon: Lexicon) -> Mask:
    """One mask (``{id, why, zh, en, when, unless}``). Raises RuleError.

    ``{concept}`` inside a form stands for each Chinese form of that concept: ``{ethnonym}自治县``.
    """
    fields = entry.mapping(("id", "why"), ("zh", "en", "when", "unless"))
    forms = [Form(flatten(text), "zh") for text in _expanded(fields.get("zh"), lexicon)]
    forms += [Form(flatten(text), "en") for text in (fields["en"].texts() if "en" in fields else ())]
    if not forms:
        entry.fail("forms in 'zh' or 'en'")
    conditions = {key: fields[key].texts() if key in fields else () for key in ("when", "unless")}
    for key, names in conditions.items():
        if unknown := [name for name in names if name not in lexicon]:
            fields[key].fail(f"concepts of the lexicon; found {unknown[0]!r}")
    return Mask(fields["id"].text(), fields["why"].text(), tuple(dict.fromkeys(forms)), **conditions)


def _expanded(entry: Entry | None, lexicon: Lexicon) -> list[str]:
    texts: list[str] = []
    for item in entry.items() if entry else ():
        text = item.text()
        slot = _TEMPLATE.search(text)
        if slot and slot[1] not in lexicon:
            item.fail(f"a concept of the lexicon in braces; found {slot[1]!r}")
        texts += [text.replace(slot[0], form) for form in _chinese(slot[1], lexicon)] if slot else [text]
    return texts


def _chinese(name: str, lexicon: Lexicon) -> list[str]:
    return [form.text for leaf in lexicon.leaves[name] for form in lexicon[leaf].forms if form.kind == "zh"]
