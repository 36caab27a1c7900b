"""Identifiers of the task API: 24 lower-case hex characters, random."""

import secrets


def short_id() -> str:
    return secrets.token_hex(12)
