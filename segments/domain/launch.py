"""The launch link of `token` mode: works once, and only whoever can read the data directory can make one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings


def token() -> str:
    """The token that is valid now, made when there is none."""
    path = _path()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text()


def redeem(given: str) -> bool:
    """True once for the valid token, which is used up by that."""
    path = _path()
    try:
        if not secrets.compare_digest(given.encode(), path.read_bytes()):
            return False
        path.unlink()
    except FileNotFoundError:  # none was made, or another browser was quicker
        return False
    return True


def _path() -> Path:
    return Path(settings.DATA_DIR) / "launch-token"
