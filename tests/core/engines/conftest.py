"""Tests are the same whether the optional model of meanings is installed or not, but for those about it."""

from __future__ import annotations

import pytest

from segments.core.engines.local import meaning


@pytest.fixture(autouse=True)
def words_as_written() -> None:
    meaning.use(None)
