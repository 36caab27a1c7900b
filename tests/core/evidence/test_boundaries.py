"""What is a boundary between shots, and what only looks like one. No codec: small pictures straight from scenes."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import pytest

from segments.core.evidence.boundaries import detect
from segments.core.evidence.cuts import Step, judge
from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.similarity import found_again, moved_correlation
from segments.core.evidence.tiny import CHROMA_SIZE, LUMA_SIZE
from tests import clips
from tests.clips import RATE, Picture

A, B, C = (clips.scene(seed) for seed in (21, 22, 23))


def seen(pictures: Iterable[Picture], *, every: int = 1) -> Pictures:
    """As the child would send them; `every` leaves pictures out, like a decoder that skips."""
    frames = list(pictures)[::every]
    grey = [cv2.cvtColor(frame, cv2.COLOR_BGR2YCrCb) for frame in frames]
    luma = np.stack([cv2.resize(each[..., 0], LUMA_SIZE, interpolation=cv2.INTER_AREA) for each in grey])
    chroma = np.stack(
        [
            np.stack([cv2.resize(each[..., n], CHROMA_SIZE, interpolation=cv2.INTER_AREA) for n in (2, 1)])
            for each in grey
        ]
    )
    count = len(frames)
    times = np.arange(count) * every / RATE
    return Pictures(times, np.zeros(count, bool), np.zeros(count, bool), luma, chroma)


def found(pictures: Iterable[Picture], **options: int) -> list[Transition]:
    return detect(seen(pictures, **options))


def lit(picture: Picture, gain: float) -> Picture:
    return np.clip(picture * gain, 0, 255).astype(np.uint8)


def test_cut_is_at_the_first_picture_of_the_new_shot() -> None:
    [cut] = found([*clips.hold(A, 2.0), *clips.hold(B, 2.0)])

    assert (cut.kind, cut.start, cut.end) == ("cut", 2.0, 2.0)
    assert cut.strength > 0.6


def test_short_shots_are_all_seen() -> None:
    transitions = found([*clips.hold(A, 1.0), *clips.hold(B, 0.6), *clips.hold(C, 0.6), *clips.hold(A, 1.0)])

    assert [round(t.start, 2) for t in transitions] == [1.0, 1.6, 2.2]


@pytest.mark.parametrize("every", [1, 2, 3])
def test_dissolve_is_one_transition_with_both_ends(every: int) -> None:
    [dissolve] = found([*clips.hold(A, 2.0), *clips.dissolve(A, B, 1.0), *clips.hold(B, 2.0)], every=every)

    assert dissolve.kind == "dissolve"
    assert dissolve.start == pytest.approx(2.0, abs=0.4)
    assert dissolve.end == pytest.approx(3.0, abs=0.4)


def test_dissolve_of_three_pictures_is_seen() -> None:
    [soft] = found([*clips.hold(A, 2.0), *clips.dissolve(A, B, 0.12), *clips.hold(B, 2.0)])

    assert soft.kind == "dissolve"
    assert soft.start <= 2.06 <= soft.end


@pytest.mark.parametrize("every", [1, 2])
def test_wipe_is_one_transition(every: int) -> None:
    [wipe] = found([*clips.hold(A, 2.0), *clips.wipe(A, B, 0.8), *clips.hold(B, 2.0)], every=every)

    assert wipe.kind == "wipe"
    assert wipe.start < 2.4 < wipe.end


def test_wipe_out_of_a_flickering_scene_is_a_wipe() -> None:
    lamps = [float(1 + 0.18 * np.sin(n * 2 * np.pi * 0.3)) for n in range(round(2.8 * RATE))]
    before = [lit(B, gain) for gain in lamps]
    during = [
        np.hstack([C[:, : round(share * A.shape[1])], old[:, round(share * A.shape[1]) :]])
        for old, share in zip(before[-round(0.8 * RATE) :], np.linspace(0.05, 0.95, round(0.8 * RATE)), strict=True)
    ]

    [wipe] = found([*before[: round(2.0 * RATE)], *during, *clips.hold(C, 2.0)])

    assert wipe.kind == "wipe"
    assert wipe.start < 2.4 < wipe.end


def test_fade_spans_both_halves() -> None:
    [fade] = found([*clips.hold(A, 2.0), *clips.fade(A, B, 1.2), *clips.hold(B, 2.0)])

    assert fade.kind == "fade"
    assert fade.start == pytest.approx(2.0, abs=0.15)
    assert fade.end == pytest.approx(3.2, abs=0.15)


def test_black_at_the_ends_is_no_boundary() -> None:
    black = A * 0

    assert found([*clips.hold(black, 1.0), *clips.dissolve(black, A, 0.6), *clips.hold(A, 2.0)]) == []


@pytest.mark.parametrize("length", [1, 2, 3])
def test_flash_is_no_boundary(length: int) -> None:
    bright = cv2.addWeighted(A, 0.2, np.full_like(A, 255), 0.8, 0)

    assert found([*clips.hold(A, 2.0), *[bright] * length, *clips.hold(A, 2.0)]) == []


def test_light_switch_is_no_boundary() -> None:
    assert found([*clips.hold(lit(A, 0.5), 2.0), *clips.hold(A, 2.0)]) == []


def test_flicker_is_no_boundary() -> None:
    gains = 1 + 0.18 * np.sin(np.arange(100) * 2 * np.pi * 0.3)

    assert found([lit(A, float(gain)) for gain in gains]) == []


def flickering(picture: Picture, seconds: float) -> list[Picture]:
    return [lit(picture, float(1 + 0.18 * np.sin(n * 2 * np.pi * 0.3))) for n in range(round(seconds * RATE))]


@pytest.mark.parametrize("every", [1, 2])
def test_jump_within_a_flickering_scene_is_a_cut(every: int) -> None:
    closer = cv2.resize(A[:, 10 : A.shape[1] * 7 // 10], (A.shape[1], A.shape[0]), interpolation=cv2.INTER_AREA)

    transitions = found([*flickering(A, 2.0), *flickering(closer, 2.0)], every=every)

    assert [t.kind for t in transitions] == ["cut"]
    assert transitions[0].start == pytest.approx(2.0, abs=every / RATE)


def test_someone_else_before_a_still_camera_is_a_cut_but_a_name_is_not() -> None:
    one, other = (standing(A, left) for left in (0.25, 0.5))
    named = clips.written(other, ["Dr. Anna Keller"], top=0.85)

    transitions = found([*clips.hold(one, 1.0), *clips.hold(other, 1.0), *clips.hold(named, 1.0)])

    assert [(t.kind, t.start) for t in transitions] == [("cut", 1.0)]


def test_someone_who_walks_is_no_boundary() -> None:
    assert found([standing(A, 0.1 + n / 100) for n in range(70)]) == []


def test_one_slide_into_another_of_the_same_design_is_a_dissolve() -> None:
    first = slide((0.05, 0.5), (0.1, 0.45), (0.1, 0.5), (0.1, 0.3))
    second = slide((0.5, 0.9), (0.4, 0.9), (0.5, 0.8), (0.3, 0.8))

    [dissolve] = found([*clips.hold(first, 2.0), *clips.dissolve(first, second, 1.0), *clips.hold(second, 2.0)])

    assert dissolve.kind == "dissolve"
    assert (dissolve.start, dissolve.end) == (pytest.approx(2.0, abs=0.4), pytest.approx(3.0, abs=0.4))


def test_line_that_comes_in_slowly_is_no_boundary() -> None:
    first, second = slide((0.05, 0.5)), slide((0.05, 0.5), (0.1, 0.9))

    assert found([*clips.hold(first, 2.0), *clips.dissolve(first, second, 1.0), *clips.hold(second, 2.0)]) == []


def standing(picture: Picture, left: float) -> Picture:
    """With a tall dark figure whose left edge is at this share of the width."""
    result = picture.copy()
    height, width = picture.shape[:2]
    result[height // 12 :, int(left * width) : int((left + 0.14) * width)] = (20, 15, 30)
    return result


def slide(*lines: tuple[float, float]) -> Picture:
    """Dark lines on light ground, each from and to these shares of the width."""
    result = np.full_like(A, 225)
    height, width = result.shape[:2]
    for n, (left, right) in enumerate(lines):
        top = int(height * (0.08 + 0.24 * n))
        result[top : top + height // 12, int(left * width) : int(right * width)] = 70
    return result


def test_lower_third_is_no_boundary() -> None:
    named = clips.written(A, ["Dr. Anna Keller"], top=0.85)

    assert found([*clips.hold(A, 1.0), *clips.hold(named, 2.0), *clips.hold(A, 1.0)]) == []


@pytest.mark.parametrize("seconds", [0.3, 1.0, 4.0])
def test_moving_camera_is_no_boundary(seconds: float) -> None:
    assert found(clips.pan(A, seconds)) == []


def test_added_line_is_no_boundary_but_the_next_slide_is() -> None:
    ground = np.full_like(A, 235)
    first, second = (clips.written(ground, lines, 0.2) for lines in (["One"], ["One", "Two and more"]))
    other = clips.written(ground, ["Questions", "and what", "they answer", "to everyone", "here"], 0.2)

    transitions = found([*clips.hold(first, 2.0), *clips.hold(second, 2.0), *clips.hold(other, 2.0)])

    assert [t.start for t in transitions] == [4.0]


def test_nothing_and_one_picture_have_no_boundary() -> None:
    assert detect(_empty()) == []
    assert found([A]) == []


def test_still_film_has_no_boundary() -> None:
    assert found(clips.hold(A, 10.0)) == []


def test_same_pictures_give_the_same_answer() -> None:
    film = seen([*clips.hold(A, 1.0), *clips.dissolve(A, B, 0.6), *clips.hold(B, 1.0), *clips.hold(C, 1.0)])

    assert detect(film) == detect(film)


def test_near_refusals_are_named() -> None:
    sure = Step(change=60, ratio=20, structure=50, structure_ratio=9, likeness=0.1, moved=0.2, blocks=1.0, rows=4)
    unsure = Step(
        change=20, ratio=1.3, structure=20, structure_ratio=1.2, likeness=0.85, moved=0.70, blocks=0.52, rows=3
    )

    assert judge(sure)[1] == ()
    assert judge(unsure)[1] == (
        "looks like the picture before, moved",
        "light change",
        "local change",
        "fast movement",
    )
    assert judge(sure)[0] > judge(unsure)[0] > 0


@pytest.mark.parametrize(("shift", "least"), [(0, 0.9), (6, 0.9), (6, 0.72)])
def test_what_was_found_again_is_what_is_alike(shift: int, least: float) -> None:
    wide = seen([A, B]).luma
    moved = np.roll(wide[0], shift, axis=1)

    for other in (moved, wide[1]):
        assert found_again(wide[0], other, least) == (moved_correlation(wide[0], other) >= least)
    assert found_again(wide[0], moved, least)
    assert not found_again(wide[0], wide[1], least)


def _empty() -> Pictures:
    nothing = np.zeros(0, bool)
    return Pictures(np.zeros(0), nothing, nothing, np.zeros((0, 27, 48), np.uint8), np.zeros((0, 2, 9, 16), np.uint8))
