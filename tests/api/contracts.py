"""Every contract that is mounted, found by asking Django: a new one is covered without a word here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import URLPattern, URLResolver, get_resolver
from ninja import NinjaAPI


def mounted() -> dict[str, NinjaAPI]:
    """Path of each description, such as `/v1.3/openapi.json`, and whose it is."""
    return {f"/{path}": _owner(entry) for path, entry in _routes(get_resolver(), "") if entry.name == "openapi-json"}


def _routes(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, path)
        else:
            yield path, entry


def _owner(route: URLPattern) -> NinjaAPI:
    assert isinstance(route.callback, partial)
    owner = route.callback.keywords["api"]
    assert isinstance(owner, NinjaAPI)
    return owner
