"""The fictional demo case that ships with the package. ``scripts/make_demo.py`` makes its records."""

from importlib.resources import files
from pathlib import Path

TITLE = "Lanxi County video surveillance (fictional demo case)"
NOTICE = (
    "Everything in this case is invented: companies, places, projects and papers. It shows what a dossier looks like "
    "and accuses nobody."
)
LEGAL_BASIS = "none needed: fictional records"
QUESTIONS = (
    "What was bought for the county's video surveillance, and from whom?",
    "Do the records tie any function of it to an ethnic or religious group?",
)


def records() -> Path:
    """The folder of the demo's records: 28 files, every one labelled as fictional, to be audited like any folder."""
    return Path(str(files(__name__) / "records"))
