"""Names of colours, as people would call plain pictures of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from segments.core.evidence.looks import measure
from segments.core.evidence.model import COLOUR_NAMES
from segments.core.evidence.pictures import Pictures
from segments.core.timeline import Span


def named(rgb: tuple[int, int, int]) -> str:
    luma, red, blue = cv2.cvtColor(np.array([[rgb]], np.uint8), cv2.COLOR_RGB2YCrCb)[0, 0]
    chroma = np.empty((2, 2, 9, 16), np.uint8)
    chroma[:, 0], chroma[:, 1] = blue, red
    none = np.zeros(2, bool)
    pictures = Pictures(np.array([0.0, 0.5]), none, none, np.full((2, 27, 48), luma, np.uint8), chroma)
    return COLOUR_NAMES[int(measure(pictures, Span(0.0, 1.0)).colour[0].argmax())]


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((240, 240, 240), "white"),
        ((128, 128, 128), "grey"),
        ((8, 8, 8), "black"),
        ((210, 30, 30), "red"),
        ((250, 170, 190), "pink"),
        ((240, 90, 180), "pink"),
        ((116, 82, 105), "purple"),  # mauve, dim: nobody calls it pink
        ((95, 60, 62), "brown"),  # a dull dark red
        ((110, 70, 30), "brown"),
        ((30, 60, 160), "blue"),
        ((40, 130, 60), "green"),
    ],
)
def test_plain_colours_have_their_usual_names(rgb: tuple[int, int, int], name: str) -> None:
    assert named(rgb) == name
