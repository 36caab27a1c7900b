"""The official clients against a live server; workers are played by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User
from twelvelabs import TwelveLabs

from segments.domain import api_keys
from segments.models import Video
from tests import factories
from tests.api.js.node import Node

SCENE = {"id": "scene", "description": "A continuous stretch in one location", "fields": []}


@pytest.fixture
def owner(transactional_db: None) -> User:
    return factories.user("owner")


@pytest.fixture
def key(owner: User) -> str:
    return api_keys.create(owner, name="tests")[1]


@pytest.fixture
def base(address: str, transactional_db: None) -> str:
    return f"{address}/v1.3"


@pytest.fixture
def client_for(base: str) -> Iterator[Any]:
    with httpx.Client(timeout=30) as connections:
        yield lambda key: TwelveLabs(api_key=key, base_url=base, httpx_client=connections)


@pytest.fixture
def sdk(client_for: Any, key: str) -> TwelveLabs:
    return client_for(key)


@pytest.fixture
def javascript(node_process: Node, base: str, key: str) -> Callable[..., Any]:
    """`javascript("assets", "listAll", limit=1)` calls `listAll` of tests/api/js/assets.mjs with these facts."""

    def call(file: str, function: str, *, api_key: str = key, **facts: Any) -> Any:
        return node_process.call(file, function, base=base, key=api_key, facts=facts)

    return call


@pytest.fixture
def asset(owner: User) -> Video:
    return factories.video(owner)


def request(asset: Video, **more: Any) -> dict[str, Any]:
    """A whole segmentation request."""
    return {
        "video": {"type": "asset_id", "asset_id": asset.asset_id},
        "analysis_mode": "time_based_metadata",
        "response_format": {"type": "segment_definitions", "segment_definitions": [SCENE]},
        **more,
    }
