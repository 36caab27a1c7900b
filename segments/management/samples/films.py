"""The four films by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from segments.management.samples.film import Film

_MODULES = {"news-opener": "news", "lecture": "lecture", "match": "match", "product": "product"}


@cache
def film(name: str) -> Film:
    build: Callable[[], Film] = import_module(f"segments.management.samples.{_MODULES[name]}").film
    return build()
