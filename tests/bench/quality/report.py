"""Rows of the quality table, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """`reach` is the goal; `at_least` False where less is better. `peers` are others measured on the same films."""

    task: str
    metric: str
    value: float
    reach: float | None = None
    at_least: bool = True
    peers: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def reached(self) -> bool | None:
        if self.reach is None:
            return None
        return self.value >= self.reach - 1e-9 if self.at_least else self.value <= self.reach + 1e-9

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "peers": dict(self.peers), "reached": self.reached}


def show(rows: Sequence[Row]) -> str:
    return "\n".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    goal = "" if row.reach is None else f"{'≥' if row.at_least else '≤'} {row.reach:.2f}"
    verdict = {True: "reached", False: "MISSED", None: ""}[row.reached]
    beside = ", ".join(
        [*(f"{name} {value:.3f}" for name, value in row.peers.items()), *([row.note] if row.note else [])]
    )
    return f"{row.task:<33} {row.metric:<38} {row.value:6.3f}  {goal:<7} {verdict:<8} {beside}".rstrip()
