"""Finds what the rules speak of: packs of rules, the detector, and what a hit amounts to in its document."""

from countersight.find.assess import Assessed, assess
from countersight.find.conditions import DocumentFacts
from countersight.find.detector import RuleDetector
from countersight.find.packs import Pack, load
from countersight.find.region import parts_of
from countersight.find.rules import KIND_RUNGS, Joined, Rule
from countersight.find.selftest import Why, explain, explain_page, run_examples

__all__ = [
    "KIND_RUNGS",
    "Assessed",
    "DocumentFacts",
    "Joined",
    "Pack",
    "Rule",
    "RuleDetector",
    "Why",
    "assess",
    "explain",
    "explain_page",
    "load",
    "parts_of",
    "run_examples",
]
