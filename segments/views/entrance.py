"""The way in for `token` and `users` mode, and a sign of life for supervisors."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from segments.domain import access, launch

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def enter(request: HttpRequest) -> HttpResponse:
    """`token`: a launch link sets the session and leads to a clean address. `users`: name and password."""
    onward = _onward(request)
    if settings.ACCESS == "token" and launch.redeem(request.GET.get("token", "")):
        login(request, access.local_owner(), backend=BACKEND)
        return redirect(onward)
    wrong = False
    if settings.ACCESS == "users" and request.method == "POST":
        user = authenticate(request, username=request.POST.get("name", ""), password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return redirect(onward)
        wrong = True
    facts = {"access": settings.ACCESS, "wrong": wrong, "next": onward}
    return render(request, "segments/enter.html", facts, status=401 if wrong else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("enter")


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
