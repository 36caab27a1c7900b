"""Who is asking: a key in its three forms, or the page itself, whose unsafe calls need its token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from segments.api.keys import admitted, sent_key
from segments.api.lynxvizion.errors import Refused

SAFE = ("GET", "HEAD", "OPTIONS")


class Key(HttpBearer):
    """`Authorization: KEY`, the same behind `Bearer`, or `x-api-key: KEY`."""

    def __call__(self, request: HttpRequest) -> Any:
        key = sent_key(request)
        return admitted(request, key) if key else None

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return admitted(request, token)


def page(request: HttpRequest) -> Any:
    """The person of the page, as the entrance found out."""
    if not request.user.is_authenticated or sent_key(request):
        return None
    if request.method not in SAFE and check_csrf(request) is not None:
        raise Refused(403, "csrf", "This call needs the token of the page, in X-CSRFToken.")
    return request.user


AUTH = [Key(), page]
