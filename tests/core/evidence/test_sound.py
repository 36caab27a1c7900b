"""When sound begins and ends, and how loud it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import clips
from tests.core.evidence.conftest import look


def test_silence_is_placed_within_a_fiftieth_of_a_second(tmp_path: Path) -> None:
    sound = np.concatenate([clips.tone(1.53), clips.silence(0.55), clips.noise(1.47), clips.silence(0.45)])
    path = clips.write(tmp_path / "a.mkv", clips.hold(clips.scene(1), 4.0), sound=sound, sound_codec="pcm_s16le")

    spans = look(path, {"sound"}).evidence.sounds or ()

    silences = [(s.start, s.end) for s in spans if s.kind == "silence"]
    assert silences == [pytest.approx((1.53, 2.08), abs=0.021), pytest.approx((3.55, 4.0), abs=0.021)]


def test_pause_too_short_to_notice_and_click_change_nothing(tmp_path: Path) -> None:
    click = np.concatenate([clips.silence(1.0), clips.tone(0.02), clips.silence(0.98)])
    sound = np.concatenate([clips.noise(1.0), clips.silence(0.2), clips.noise(0.8), click])
    path = clips.write(tmp_path / "a.mkv", clips.hold(clips.scene(1), 4.0), sound=sound, sound_codec="pcm_s16le")

    spans = look(path, {"sound"}).evidence.sounds or ()

    assert [s.kind for s in spans] == ["noise", "silence"]


@pytest.mark.parametrize("level", [0.5, 0.05])
def test_loudness_is_that_of_the_recommendation(tmp_path: Path, level: float) -> None:
    # ITU-R BS.1770: a sine of 997 Hz at full scale in one channel measures -3.01 LUFS
    sound = clips.tone(3.0, frequency=997.0, level=level)
    path = clips.write(tmp_path / "a.mkv", clips.hold(clips.scene(1), 3.0), sound=sound, sound_codec="pcm_s16le")

    spans = look(path, {"sound"}).evidence.sounds or ()

    assert [s.loudness for s in spans] == [pytest.approx(-3.01 + 20 * np.log10(level), abs=0.2)]
