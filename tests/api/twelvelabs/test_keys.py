"""Keys of the task API: three ways to send one, and the limit of requests per minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from twelvelabs import TwelveLabs
from twelvelabs.core.api_error import ApiError

from segments.domain import api_keys
from segments.models import ApiKey, Video
from tests.api.js.node import JavaScriptError
from tests.api.twelvelabs.conftest import request
from tests.conftest import Clock


@pytest.mark.parametrize("header", ["x-api-key: {}", "Authorization: {}", "Authorization: Bearer {}"])
def test_one_key_works_in_all_three_headers(base: str, key: str, header: str) -> None:
    name, _, value = header.format(key).partition(": ")
    assert httpx.get(f"{base}/assets", headers={name: value}).status_code == 200
    assert httpx.get(f"{base}/assets", headers={name: value + "x"}).json()["code"] == "api_key_invalid"
    assert httpx.get(f"{base}/assets", headers={name: ""}).status_code == 401


def test_revoked_key_is_refused(base: str, key: str) -> None:
    row = ApiKey.objects.get()
    api_keys.revoke(row.owner, row.pk)
    assert httpx.get(f"{base}/assets", headers={"x-api-key": key}).status_code == 401


def test_without_a_limit_nothing_is_counted(base: str, key: str) -> None:
    answer = httpx.get(f"{base}/assets", headers={"x-api-key": key})
    assert not [name for name in answer.headers if name.startswith("x-ratelimit")]
    assert ApiKey.objects.get().minute is None


@pytest.fixture
def two_per_minute(settings: Any, clock: Clock) -> Clock:
    settings.RATE_LIMIT_PER_MINUTE = 2
    clock.advance(seconds=15)
    return clock


def test_er12_limit_is_told_and_ends_with_the_minute(
    sdk: TwelveLabs, asset: Video, base: str, key: str, two_per_minute: Clock
) -> None:
    reset = str(int(two_per_minute().timestamp()) + 45)
    answer = httpx.get(f"{base}/assets", headers={"x-api-key": key})
    told = {name.rpartition("-")[2]: value for name, value in answer.headers.items() if "ratelimit" in name}
    assert told == {"limit": "2", "remaining": "1", "used": "1", "reset": reset}
    sdk.analyze_async.tasks.create(**request(asset))
    with pytest.raises(ApiError) as caught:
        sdk.analyze_async.tasks.create(**request(asset))
    assert (caught.value.status_code, caught.value.body["code"]) == (429, "too_many_requests")
    assert caught.value.headers["retry-after"] == "45"
    two_per_minute.advance(seconds=45)
    assert sdk.analyze_async.tasks.create(**request(asset)).status == "pending"


def test_er12_javascript_gets_429_after_its_own_retries(javascript: Callable[..., Any], two_per_minute: Clock) -> None:
    ApiKey.objects.update(minute=two_per_minute().replace(second=0), minute_count=2)
    with pytest.raises(JavaScriptError) as caught:
        javascript("assets", "retrieve", id="0" * 24)
    assert (caught.value.name, caught.value.status) == ("TwelvelabsApiError", 429)
    assert ApiKey.objects.get().minute_count == 5


def test_another_key_has_a_limit_of_its_own(base: str, key: str, two_per_minute: Clock) -> None:
    other = api_keys.create(ApiKey.objects.get().owner, name="other")[1]
    statuses = [httpx.get(f"{base}/assets", headers={"x-api-key": each}).status_code for each in (key,) * 3 + (other,)]
    assert statuses == [200, 200, 429, 200]
