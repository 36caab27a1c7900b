"""The shared promises, for the built-in engine and for the fake one that other tests use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segments.core.engines import registry
from segments.core.engines.base import Engine
from tests.core.engines.contract import CHECKS
from tests.fakes.engine import FakeEngine

ENGINES: dict[str, Callable[[], Engine]] = {
    **{name: (lambda name=name: registry.load(name)) for name in registry.BUILT_IN},
    "fake": FakeEngine,
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", ENGINES)
def test_engine(name: str, check: Callable[[Engine], None]) -> None:
    check(ENGINES[name]())
