"""A local site that must see nothing unless it was listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import sites


@pytest.fixture
def site() -> Iterator[sites.Site]:
    with sites.serving() as site:
        yield site
