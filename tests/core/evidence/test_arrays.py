"""Payloads survive the way to disk and back, byte for byte the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.evidence.arrays import BadPayload, pack, pictures_of, steps_of, unpack


def test_arrays_come_back_as_they_were() -> None:
    arrays = {"b": np.arange(6, dtype="<f8").reshape(2, 3), "a": np.zeros((0, 4), "|u1"), "c": np.ones(2, "<f4")}

    values, back = unpack(pack({"step": 0.1, "lines": ["a", "é"]}, arrays))

    assert values == {"step": 0.1, "lines": ["a", "é"]}
    assert set(back) == {"a", "b", "c"}
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert np.array_equal(back[name], array)


def test_same_content_gives_same_bytes_in_any_order() -> None:
    one, two = np.arange(5, dtype="<f8"), np.arange(3, dtype="|u1")

    assert pack({"x": 1, "y": 2}, {"a": one, "b": two}) == pack({"y": 2, "x": 1}, {"b": two, "a": one})


def test_foreign_bytes_are_refused() -> None:
    with pytest.raises(BadPayload):
        unpack(b"PK\x03\x04 something else")


@given(st.lists(st.integers(0, 255), min_size=0, max_size=60))
def test_steps_are_undone(values: list[int]) -> None:
    pictures = np.asarray(values, np.uint8).reshape(-1, 1, 1)

    assert np.array_equal(pictures_of(steps_of(pictures)), pictures)
