"""Who may come in, and how refusals look: local entrance, full-origin check on sockets, isolation headers, errors."""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from segments.core import errors as failures
from segments.domain import access

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponseBase]
FORWARDED = tuple(
    f"HTTP_{name}" for name in ("FORWARDED", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_FORWARDED_PROTO", "X_REAL_IP")
)
#: Addresses of programs; the last two are those of a client whose base address lacks the version.
KEYED = ("/chunks/", "/sources/", "/downloads/", "/thumbnails/", "/v1.3/", "/api/", "/analyze/tasks", "/assets")
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
#: Our failures and the HTTP status that says the same.
STATUS: dict[type[failures.CuepointError], int] = {
    failures.InvalidRequest: 422,
    failures.NotFound: 404,
    failures.InvalidState: 409,
    failures.IdempotencyConflict: 409,
    failures.TooMany: 429,
    failures.TooLarge: 413,
    failures.Locked: 423,
    failures.ChecksumMismatch: 460,
    failures.StorageFull: 507,
    failures.WrongSize: 400,
    failures.LinkExpired: 403,
    failures.UrlBlocked: 422,
    failures.UrlFetchFailed: 422,
}


def isolation(get_response: Handler) -> Handler:
    """Other sites can neither embed nor read anything of ours."""

    def mark(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return mark


def chunked_bodies(get_response: Handler) -> Handler:
    """Give a chunked request the length that its spooled body has: Django reads forms only with one."""

    def measure(request: HttpRequest) -> HttpResponseBase:
        chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
        if chunked and not request.META.get("CONTENT_LENGTH"):
            body = request._stream  # type: ignore[attr-defined]
            request.META["CONTENT_LENGTH"] = str(body.seek(0, os.SEEK_END))
            body.seek(0)
        return get_response(request)

    return measure


def entrance(get_response: Handler) -> Handler:
    """Everything but the entrance itself needs a person; in local mode that is whoever sits at this computer."""

    def enter(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(KEYED):
            # a key decides; a cookie only where the contract checks CSRF itself (segments/api/lynxvizion/auth.py)
            request.user = _onlooker(request) if _is_picture(request) or _is_of_page(request) else AnonymousUser()
            return get_response(request)
        if settings.ACCESS == "local":
            if not is_local(request):
                return render(request, "segments/not_local.html", status=403)
            request.user = access.local_owner()
        elif not request.user.is_authenticated and not _is_open(request.path):
            return _turn_away(request)
        return get_response(request)

    return enter


def _is_open(path: str) -> bool:
    """The entrance itself, and reports whose address is the permission."""
    return path in (reverse("enter"), reverse("health")) or path.startswith("/shared/")


def _is_picture(request: HttpRequest) -> bool:
    """A picture of the API without a key: pages show it, so whoever may see the page may see it too."""
    is_thumbnail = request.path.startswith("/api/v2/") and request.path.endswith("/thumbnail")
    return is_thumbnail and request.method == "GET" and "Authorization" not in request.headers


def _is_of_page(request: HttpRequest) -> bool:
    """A call of the modules API that a page of ours makes, by the word of the browser.

    Where people log in, no word is enough: browsers are silent on plain HTTP, and the session speaks for them. In local
    mode nothing else tells the page from other programs of this computer.
    """
    is_modules = request.path.startswith("/api/") and not request.path.startswith("/api/v2/")
    keyless = "Authorization" not in request.headers and "x-api-key" not in request.headers
    unsaid = "" if settings.ACCESS == "local" else "same-origin"
    return is_modules and keyless and request.headers.get("Sec-Fetch-Site", unsaid) == "same-origin"


def _onlooker(request: HttpRequest) -> Any:
    """Whoever may see the page, or nobody."""
    if settings.ACCESS == "local":
        return access.local_owner() if is_local(request) else AnonymousUser()
    return request.user


def is_local(request: HttpRequest) -> bool:
    """Loopback peer, loopback Host, no proxy in between, and not sent here by another site."""
    try:
        host = urlsplit(f"//{request.get_host()}").hostname
    except DisallowedHost:
        return False
    if not _is_loopback(request.META.get("REMOTE_ADDR", "")) or host not in LOCAL_NAMES:
        return False
    if any(name in request.META for name in FORWARDED):
        return False
    return request.META.get("HTTP_SEC_FETCH_SITE", "none") in ("none", "same-origin")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _turn_away(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        return redirect(f"{reverse('enter')}?next={request.path}")
    return JsonResponse({"code": "not_entered", "message": "Open the launch link or log in first."}, status=401)


def errors(get_response: Handler) -> Handler:
    """Our named failures become answers with words, whatever view they come from."""

    class Errors:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return get_response(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            return failure_response(request, error)

    return Errors()


def failure_response(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The answer for a failure of ours, or None for one that is a bug."""
    if isinstance(error, OperationalError):
        log.warning("the database did not answer: %s", error)
        response = _answer(request, 503, "busy", "The server is busy. Try again in a moment.")
        response["Retry-After"] = "2"
        return response
    if not isinstance(error, failures.CuepointError):
        return None
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    problems = [{"path": p.path, "message": p.message, "code": p.code} for p in getattr(error, "problems", [])]
    return _answer(request, status, error.code, error.message, problems)


def _answer(
    request: HttpRequest, status: int, code: str, message: str, problems: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """A partial for htmx, a page for people, JSON for programs; the same words in each."""
    facts = {"code": code, "message": message, "problems": problems, "status": status}
    if request.headers.get("HX-Request") == "true":
        response = render(request, "segments/_run_problems.html", facts, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#_run_problems", "outerHTML"
        return response
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "segments/error.html", facts, status=status)
    body: dict[str, object] = {"code": code, "message": message}
    return JsonResponse(body | ({"problems": list(problems)} if problems else {}), status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "not_found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "internal", "Something broke on our side. Try again.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "csrf", "This page is too old or came from elsewhere. Reload it and try again.")


class SocketEntrance:
    """The same entrance for sockets, plus the full origin: another port of this host is another application."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Callable[..., Awaitable[None]]) -> None:
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        scope["user"] = await self._user(scope, headers) if self._same_origin(scope, headers) else AnonymousUser()
        await self.app(scope, receive, send)

    @staticmethod
    def _same_origin(scope: dict[str, Any], headers: dict[str, str]) -> bool:
        scheme = "https" if scope.get("scheme") == "wss" else "http"
        return headers.get("origin") == f"{scheme}://{headers.get('host', '')}"

    @staticmethod
    async def _user(scope: dict[str, Any], headers: dict[str, str]) -> Any:
        request = HttpRequest()
        request.META = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        request.META["REMOTE_ADDR"] = (scope.get("client") or ("", 0))[0]
        request.META.setdefault("HTTP_SEC_FETCH_SITE", "none")
        if settings.ACCESS == "local":
            return await sync_to_async(access.local_owner)() if is_local(request) else AnonymousUser()
        request.session = scope["session"]
        return await sync_to_async(get_user)(request)
