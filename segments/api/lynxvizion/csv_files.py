"""Segments as CSV that no spreadsheet can be attacked with.

A cell that a spreadsheet might take for a formula, or that begins with an apostrophe, has one apostrophe put before
it. Whoever reads the file takes one away from every cell that begins with one, and has the exact strings again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from segments.core.exports.as_csv import safe

COLUMNS = ("id", "job_id", "module", "start_time", "end_time", "content", "metadata", "created_at")


def write(segments: Sequence[dict[str, Any]]) -> str:
    """RFC 4180 with a header line; times with three places, metadata as JSON with sorted keys."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for segment in segments:
        cells = {
            **segment,
            "start_time": f"{segment['start_time']:.3f}",
            "end_time": f"{segment['end_time']:.3f}",
            "content": safe(segment["content"]),
            "metadata": _metadata(segment["metadata"]),
        }
        table.writerow([cells[name] for name in COLUMNS])
    return text.getvalue()


def _metadata(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
