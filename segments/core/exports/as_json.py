"""The answer of the API: every definition with its segments and their fields, in the time format that was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable

from segments.core.request import RunRequest, result_json
from segments.core.timeline import Segment


def write(request: RunRequest, segments: Iterable[Segment]) -> str:
    return json.dumps(result_json(request, segments), indent=2, ensure_ascii=False) + "\n"
