"""The API page: keys and webhooks. Plain forms; a secret is in the answer to the one form that asked for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segments.core.errors import InvalidRequest
from segments.domain import access, api_keys, deliveries, links, queries, webhooks


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def key_create(request: HttpRequest) -> HttpResponse:
    try:
        row, secret = api_keys.create(request.user, name=request.POST.get("name", ""))
    except InvalidRequest as error:
        return _page(request, status=422, key_problem=error.message)
    return _page(request, status=201, new_key=row, new_secret=secret)


@require_POST
def key_revoke(request: HttpRequest, number: int) -> HttpResponse:
    api_keys.revoke(request.user, number)
    return redirect(f"{reverse('developers')}#keys")


@require_POST
def webhook_add(request: HttpRequest) -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in ("url", "description")}
    try:
        endpoint = webhooks.add(request.user, **sent)
    except InvalidRequest as error:
        return _page(request, status=422, webhook_problem=error.message, sent=sent)
    return redirect(f"{reverse('developers')}#webhook-{endpoint.uid}")


@require_POST
def webhook_switch(request: HttpRequest, uid: str) -> HttpResponse:
    endpoint = access.endpoint_for(request.user, uid)
    webhooks.switch(endpoint, on=request.POST.get("on") == "true")
    return redirect(f"{reverse('developers')}#webhook-{endpoint.uid}")


@require_POST
def webhook_reveal(request: HttpRequest, uid: str) -> HttpResponse:
    return _page(request, revealed=access.endpoint_for(request.user, uid))


@require_POST
def webhook_rotate(request: HttpRequest, uid: str) -> HttpResponse:
    endpoint = access.endpoint_for(request.user, uid)
    webhooks.rotate(endpoint)
    return _page(request, revealed=endpoint, is_rotated=True)


@require_POST
def webhook_remove(request: HttpRequest, uid: str) -> HttpResponse:
    webhooks.remove(access.endpoint_for(request.user, uid))
    return redirect(f"{reverse('developers')}#webhooks")


@require_POST
def delivery_replay(request: HttpRequest, uid: str) -> HttpResponse:
    delivery = access.delivery_for(request.user, uid)
    deliveries.replay(delivery)
    return redirect(f"{reverse('developers')}#webhook-{delivery.endpoint.uid}")


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    base = links.absolute(request.build_absolute_uri("/"), "/v1.3")
    facts = {"view": queries.developers_view(request.user), "base": base, **more}
    return render(request, "segments/developers.html", facts, status=status)
