"""What numbers and names look like in writing."""

from __future__ import annotations

import re

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE = (
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}\.? (?:{_MONTHS})[a-z]* \d{{4}}\b|\b(?:{_MONTHS})[a-z]* \d{{1,2}},? \d{{4}}\b"
)
PRICE = r"(?:[$€£¥] ?\d[\d.,]*\d|[$€£¥] ?\d|\d[\d.,]* ?(?:€|£|(?:USD|EUR|dollars?|euros?)\b))"
SCORE = r"\b\d{1,3} ?[-–:] ?\d{1,3}\b"
ADDRESS = r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.\w+"


def score_in(text: str) -> str:
    """The first score in a text without blanks, "2-1"; empty where there is none. Times of day are no scores."""
    match = re.search(r"(\d{1,3})[-–](\d{1,3})(?!\d)", text.replace(" ", ""))
    return f"{match[1]}-{match[2]}" if match else ""
