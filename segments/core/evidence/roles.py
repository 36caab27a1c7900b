"""Evidence stage: what a piece of writing on screen is for, told from its place, size and company."""

from __future__ import annotations

import re
from collections.abc import Sequence

from segments.core.evidence.model import TextRole

Box = tuple[float, float, float, float]
SCORE = re.compile(r"\b\d{1,3}\s*[-:–]\s*\d{1,3}\b")
SLIDE_LINES = 3


def role_of(text: str, box: Box, line_height: float, company: Sequence[Box]) -> TextRole:
    """`company` are the boxes of all lines that stand at the same time, this one's included; all in picture shares."""
    x, y, width, height = box
    middle_x, middle_y = x + width / 2, y + height / 2
    if SCORE.search(text) and width < 0.4 and (y < 0.2 or y + height > 0.85):
        return "scoreboard"
    tallest = max((other[3] for other in company), default=line_height)
    upper = [other for other in company if other[1] + other[3] / 2 < 0.62]
    if len(company) >= SLIDE_LINES and len(upper) >= 2:
        leads = line_height > 0.85 * tallest and middle_y < 0.4 and text.count("\n") < 2
        return "title" if leads and line_height > 1.15 * min(other[3] for other in company) else "slide"
    if middle_y > 0.62:
        centred = abs(middle_x - 0.5) < 0.12
        return "caption" if centred and (width > 0.3 or middle_y > 0.85) else "lower_third"
    if line_height > 0.055:
        return "title"
    return "sign" if line_height < 0.05 and width < 0.3 else "other"
