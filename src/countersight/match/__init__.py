"""Whether two names are names of one organisation: blocking, comparison part by part, score in words."""

from countersight.match.entry import Band, Entry, Match, Name, Part, Query
from countersight.match.index import Index
from countersight.match.score import compare

__all__ = ["Band", "Entry", "Index", "Match", "Name", "Part", "Query", "compare"]
