"""Who is asking: a key, or for pictures whoever may see the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from segments.api.keys import admitted


class Key(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return admitted(request, token)


def entered(request: HttpRequest) -> Any:
    """The person of the page, as the entrance found out."""
    return request.user if request.user.is_authenticated else None


KEY = Key()
PICTURES = [KEY, entered]
