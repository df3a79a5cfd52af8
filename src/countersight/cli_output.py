"""What commands print that others read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from countersight.model import codec
from countersight.report.tables import writable

READ_ALL = 0
"""The exit code of a command that did all it was asked."""


def print_json(rows: Iterable[Any]) -> None:
    """Results as a JSON array on stdout."""
    print(writable(json.dumps([codec.plain(row) for row in rows], ensure_ascii=False, indent=1)))
