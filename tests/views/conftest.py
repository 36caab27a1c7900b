"""Browsers of tests: who sits at this computer, and who logged in."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.middleware.csrf import _get_new_csrf_string
from django.test import AsyncClient, Client

from segments.domain import access


def with_token(client: Client, token: str | None = None) -> Client:
    """A browser that has loaded a page: it has the cookie, and sends its token along."""
    token = token or _get_new_csrf_string()
    client.cookies[django_settings.CSRF_COOKIE_NAME] = token
    client.defaults["HTTP_X_CSRFTOKEN"] = token
    return client


@pytest.fixture
def local(db: None) -> Client:
    """A browser on this computer, in local mode, on a page of ours."""
    return with_token(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))


@pytest.fixture
def bare(db: None) -> Client:
    """The same without the token of a page."""
    return Client(enforce_csrf_checks=True, SERVER_NAME="localhost")


class LocalAsyncClient(AsyncClient):
    """Django's own always says that it asked for `testserver`."""

    async def request(self, **request: Any) -> Any:
        named = [(name, b"localhost" if name == b"host" else value) for name, value in request["headers"]]
        return await super().request(**{**request, "headers": named})


@pytest.fixture
def async_local() -> AsyncClient:
    return LocalAsyncClient()


@pytest.fixture
def owner(db: None) -> User:
    """Whose rows the local browser sees."""
    return access.local_owner()


@pytest.fixture
def users_mode(settings: Any) -> None:
    settings.ACCESS = "users"


@pytest.fixture
def token_mode(settings: Any) -> None:
    settings.ACCESS = "token"
