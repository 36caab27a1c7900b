"""Rows of the report: what, measured, promised."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`value` in `unit`; `most` is the promise, None where there is none."""

    what: str
    value: float
    unit: str
    most: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        return None if self.most is None else self.value <= self.most

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "holds": self.holds}


def show(rows: list[Row]) -> str:
    lines = []
    for row in rows:
        promise = "" if row.most is None else f"≤ {row.most:g} {row.unit}"
        verdict = {True: "holds", False: "MISSED", None: ""}[row.holds]
        lines.append(f"{row.what:<58} {row.value:>10.3f} {row.unit:<6} {promise:<14} {verdict:<7} {row.note}")
    return "\n".join(lines)
