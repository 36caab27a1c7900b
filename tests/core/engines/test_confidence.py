from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segments.core.engines.local.confidence import calibrated
from segments.core.engines.local.confidence_table import TABLES

claims = st.floats(0.0, 1.0)


@given(claims, claims)
def test_more_claimed_never_means_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= calibrated("segments", low) <= calibrated("segments", high) <= 1.0
    assert 0.0 <= calibrated("values", low) <= calibrated("values", high) <= 1.0


def test_nothing_is_promised_for_certain() -> None:
    assert TABLES["segments"]
    assert max(real for table in TABLES.values() for _, real in table) <= 0.97
