"""Keys of the caller: list, make, switch, delete."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel

from segments.api.lynxvizion import mapping
from segments.api.lynxvizion.asking import number_of, read, takes
from segments.domain import api_keys
from segments.models import ApiKey

router = Router()


class NewKey(BaseModel):
    name: str


class KeyState(BaseModel):
    is_active: bool


@router.get("/keys", response=list[dict[str, Any]])
def list_keys(request: HttpRequest) -> list[dict[str, Any]]:
    """Newest first. The keys themselves are kept as hashes and cannot be shown again."""
    rows = ApiKey.objects.filter(owner_id=request.user.pk).order_by("-created_at", "-pk")
    return [mapping.key_json(row) for row in rows]


@router.post("/keys", response={201: dict[str, Any]}, openapi_extra=takes(NewKey))
def create_key(request: HttpRequest) -> Status[dict[str, Any]]:
    """`raw_key` is shown here and never again."""
    row, secret = api_keys.create(request.user, name=read(request, NewKey).name)
    return Status(201, {**mapping.key_json(row), "raw_key": secret})


@router.patch("/keys/{key_id}", response=dict[str, Any], openapi_extra=takes(KeyState))
def switch_key(request: HttpRequest, key_id: str) -> dict[str, Any]:
    number = api_keys.own(request.user, number_of(key_id, "key")).pk
    return mapping.key_json(api_keys.switch(request.user, number, active=read(request, KeyState).is_active))


@router.delete("/keys/{key_id}", response=dict[str, Any])
def delete_key(request: HttpRequest, key_id: str) -> dict[str, Any]:
    api_keys.delete(request.user, number_of(key_id, "key"))
    return {"ok": True}
