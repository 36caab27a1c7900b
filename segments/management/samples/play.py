"""How the match is played: the path of the ball is written down, the players follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from segments.management.samples.colour import FPS

TEAM = 11
#: Where each of eleven stands when the ball is in the middle, attacking to the right; the first keeps the goal.
_FORMATION = np.array(
    [(-50, 0), (-30, 21), (-34, 7), (-34, -7), (-30, -21), (-10, 17), (-14, 0), (-10, -17), (9, 12), (13, 0), (9, -13)],
    np.float64,
)


@dataclass(frozen=True, slots=True)
class Touch:
    """At `t` player `who` (0-10 Lakeside, 11-21 Northfield, -1 nobody) has the ball; `arc`: height on the way there."""

    t: float
    x: float
    y: float
    who: int
    arc: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Player `who` is near a place at `t`."""

    t: float
    x: float
    y: float
    who: int


@dataclass(frozen=True, slots=True)
class Play:
    """`goal` is the moment the ball crosses the line, `scorers` the team (0 or 1) that then celebrates."""

    seconds: float
    touches: tuple[Touch, ...]
    runs: tuple[Run, ...] = ()
    goal: float | None = None
    scorers: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant: places of 22 players, their speed vectors, their step (radians), and the ball."""

    players: NDArray[np.float64]
    speeds: NDArray[np.float64]
    steps: NDArray[np.float64]
    ball: NDArray[np.float64]


@cache
def _course(play: Play) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Players (time, who, xy), steps and ball (time, xyz), one row per picture and some beyond the end."""
    clock = np.arange(round((play.seconds + 1) * FPS)) / FPS
    ball = np.array([_ball(play, t) for t in clock])
    soft = _smoothed(ball[:, :2], 21)
    players = np.array([_players(play, t, where) for t, where in zip(clock, soft, strict=True)])
    players = _smoothed(players, 9)
    strides = np.linalg.norm(np.diff(players, axis=0, prepend=players[:1]), axis=2)
    return players, np.cumsum(strides * 2.6, axis=0) + np.arange(2 * TEAM), ball


def moment(play: Play, t: float) -> Moment:
    players, steps, ball = _course(play)
    at = min(max(0.0, t * FPS), len(players) - 2.001)
    low, share = int(at), at - int(at)

    def then(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        return rows[low] * (1 - share) + rows[low + 1] * share

    return Moment(then(players), (players[low + 1] - players[low]) * FPS, then(steps), then(ball))


def focus(play: Play, t: float) -> tuple[float, float]:
    """Where a calm camera operator looks: the ball, smoothed over three seconds."""
    times = np.linspace(t - 1.5, t + 1.3, 19)
    near = np.array([_ball(play, min(max(0.0, moment), play.seconds))[:2] for moment in times])
    weights = np.hanning(21)[1:-1]
    x, y = (near * weights[:, None]).sum(axis=0) / weights.sum()
    return float(x), float(y)


def _smoothed(rows: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    padded = np.concatenate([rows[:1]] * (width // 2) + [rows] + [rows[-1:]] * (width // 2))
    sums = np.cumsum(np.concatenate([padded[:1] * 0, padded]), axis=0)
    return (sums[width:] - sums[:-width]) / width


def _ball(play: Play, t: float) -> tuple[float, float, float]:
    after = next((k for k, touch in enumerate(play.touches) if touch.t > t), len(play.touches))
    if after in (0, len(play.touches)):
        rest = play.touches[min(after, len(play.touches) - 1)]
        return rest.x, rest.y, 0.0
    start, end = play.touches[after - 1], play.touches[after]
    share = (t - start.t) / (end.t - start.t)
    # A pass is fast at first; a dribble goes evenly.
    moved = share if start.who == end.who else 1 - (1 - share) ** 1.35
    height = 4 * end.arc * share * (1 - share)
    return start.x + (end.x - start.x) * moved, start.y + (end.y - start.y) * moved, height


def _players(play: Play, t: float, ball: NDArray[np.float64]) -> NDArray[np.float64]:
    places = np.concatenate([_formation(0, t, ball), _formation(1, t, ball)])
    for who in range(2 * TEAM):
        places[who] = _drawn(play, who, t, places[who])
    return places


def _formation(team: int, t: float, ball: NDArray[np.float64]) -> NDArray[np.float64]:
    side = 1 if team == 0 else -1
    shift = np.array([0.55, 0.3]) * ball
    places = _FORMATION * side + shift
    places[0] = (_FORMATION[0] * side) + np.array([0.03, 0.09]) * ball
    order = np.arange(TEAM) + 20 * team
    places[1:] += 1.3 * np.column_stack([np.sin(t * 0.5 + order * 1.7), np.cos(t * 0.43 + order * 2.3)])[1:]
    away = np.linalg.norm(places - ball, axis=1)
    pull = 0.3 * np.exp(-((away / 13) ** 2))
    pull[0] = 0
    places += (ball + np.array([-2.4 * side, 0.6]) - places) * pull[:, None]
    places[:, 0] = np.clip(places[:, 0], -51, 51)
    return places


def _drawn(play: Play, who: int, t: float, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """A player is drawn to the places where he is due, the more the nearer the moment."""
    total, weight = place * 0.06, 0.06
    for due in (*play.touches, *play.runs):
        if due.who == who:
            near = float(np.exp(-(((t - due.t) / 0.95) ** 2)))
            total, weight = total + np.array([due.x, due.y]) * near, weight + near
    return total / weight
