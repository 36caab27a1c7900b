from __future__ import annotations

import pytest

from segments.core.engines import registry
from segments.core.engines.local.engine import LocalEngine
from segments.core.errors import EngineUnavailable


def test_local_engine_is_built_in() -> None:
    assert registry.names()[0] == "local"
    assert isinstance(registry.load("local"), LocalEngine)


def test_titles_in_the_table_are_those_of_the_engines() -> None:
    for name, (title, _) in registry.BUILT_IN.items():
        engine = registry.load(name)
        assert (engine.name, engine.title) == (name, title)


def test_an_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(EngineUnavailable, match=r'There is no engine "nope". Use one of local'):
        registry.load("nope")
