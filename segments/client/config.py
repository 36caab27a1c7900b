"""How the client behaves: checked once, at construction."""

from __future__ import annotations

import ipaddress
import os
import re
import warnings
from dataclasses import dataclass, fields
from typing import Any, Self
from urllib.parse import urlsplit

KEY = re.compile(r"[a-z]+_[A-Za-z0-9_-]{20,}")
DEFAULT_BASE_URL = "http://127.0.0.1:8000"
PREFIX = "CUEPOINT"


@dataclass(frozen=True, slots=True)
class Config:
    """All times are seconds. `base_url` is the root of the server, without a version."""

    api_key: str
    base_url: str = DEFAULT_BASE_URL
    timeout: float = 300.0
    max_retries: int = 3
    retry_delay: float = 1.0
    polling_interval: float = 2.0
    polling_timeout: float = 360.0
    proxy_url: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.api_key, str) or not KEY.fullmatch(self.api_key):
            raise ValueError("The API key is missing or malformed. Make one with `manage.py create_key NAME`.")
        for name in ("timeout", "retry_delay", "polling_interval", "polling_timeout"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be more than 0 seconds.")
        if self.max_retries < 0:
            raise ValueError("max_retries must be 0 or more.")
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"base_url must be an http(s) address, not {self.base_url!r}.")
        if parts.scheme == "http" and not _is_this_computer(parts.hostname):
            warnings.warn(f"{parts.hostname}: the API key travels unencrypted over plain http.", stacklevel=4)
        root = self.base_url.rstrip("/").removesuffix("/api/v2").removesuffix("/v1.3")
        object.__setattr__(self, "base_url", root)

    @classmethod
    def from_env(cls, **overrides: Any) -> Self:
        """CUEPOINT_API_KEY, _BASE_URL, _TIMEOUT, _MAX_RETRIES, _RETRY_DELAY, _POLLING_INTERVAL, _POLLING_TIMEOUT.

        Overrides win. Raises ValueError for a number that is none.
        """
        kinds: dict[str, type] = {"api_key": str, "base_url": str, "timeout": float, "max_retries": int}
        kinds |= dict.fromkeys(("retry_delay", "polling_interval", "polling_timeout"), float)
        values: dict[str, Any] = {"api_key": ""}
        for name, kind in kinds.items():
            text = os.environ.get(f"{PREFIX}_{name.upper()}", "")
            try:
                values |= {name: kind(text)} if text else {}
            except ValueError:
                raise ValueError(f"{PREFIX}_{name.upper()} must be a number, not {text!r}.") from None
        return cls(**{**values, **overrides})

    def settings(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
