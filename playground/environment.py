"""Typed readers for environment variables. A wrong value stops the start with the accepted ones named."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable, or the contents of the file named by `NAME_FILE` (for secrets), or the default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def choice(name: str, accepted: Sequence[str], default: str) -> str:
    value = text(name, default)
    if value not in accepted:
        raise ImproperlyConfigured(f"{name}={value!r} is not known. Use one of: {', '.join(accepted)}.")
    return value


def number(name: str, default: float, *, least: float, most: float) -> float:
    value = text(name, str(default))
    try:
        parsed = float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a number.") from None
    if not least <= parsed <= most:
        raise ImproperlyConfigured(f"{name}={value} is outside {least:g} to {most:g}.")
    return parsed


def whole(name: str, default: int, *, least: int, most: int) -> int:
    return int(number(name, default, least=least, most=most))


def flag(name: str, *, default: bool = False) -> bool:
    return choice(name, ("0", "1", "true", "false"), "1" if default else "0") in ("1", "true")


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]
