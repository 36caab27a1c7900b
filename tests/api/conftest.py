"""What the tests of every API share: a live server and the official clients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api import live
from tests.api.js import node


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A real uvicorn; ask for `transactional_db` too, so that it sees the rows of the test."""
    with live.serving() as address:
        yield address


@pytest.fixture(scope="session")
def node_process() -> Iterator[node.Node]:
    with node.running() as process:
        yield process
