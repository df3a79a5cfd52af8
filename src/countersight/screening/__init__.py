"""Who was on which list on which day, and what that does not mean.

A party is compared by identifiers first, then by name. What a listing says of a day follows from its dates; a date
known only to the month or year is answered for each of its days, and where the answers differ all of them are given.
"""

from countersight.screening.asking import Knowledge, Screen

__all__ = ["Knowledge", "Screen"]
