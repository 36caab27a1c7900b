"""Bytes that a first visit and the lazy parts cost, compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import django_htmx

from tests.bench.table import Row

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"


def sizes() -> list[Row]:
    scripts = _modules(STATIC / "js" / "segment-page.js")
    htmx = next(Path(django_htmx.__file__).parent.glob("static/django_htmx/htmx-2.min.js"))
    first = sum(_zipped(path) for path in scripts) + _zipped(htmx)
    result = sum(_zipped(path) for path in _modules(STATIC / "js" / "visual.js") - scripts)
    builder = sum(_zipped(path) for path in _modules(STATIC / "js" / "definition-builder.js") - scripts)
    styles = sum(_zipped(path) for path in (STATIC / "css").glob("*.css"))
    return [
        Row("first page: JavaScript with htmx, gzip", first / 1024, "KiB", 60, f"{len(scripts)} modules"),
        Row("first page: CSS, gzip", styles / 1024, "KiB", 20),
        Row("with a result: player and timeline, gzip", result / 1024, "KiB"),
        Row("with the Builder: its modules, gzip", builder / 1024, "KiB"),
        Row("lazy: editor, gzip", _zipped(STATIC / "build" / "editor.js") / 1024, "KiB", 140),
        Row("lazy: uploader, gzip", _zipped(STATIC / "build" / "uploader.js") / 1024, "KiB", 18),
    ]


def _modules(entry: Path) -> set[Path]:
    """The module and everything that it imports at once."""
    found: set[Path] = set()
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        imports = re.findall(r"""(?:^import|^export|\sfrom)\s*["'](\./[^"']+)["']""", path.read_text(), re.MULTILINE)
        waiting += [path.parent / name for name in imports]
    return found


def _zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
