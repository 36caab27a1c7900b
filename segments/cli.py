"""`cuepoint segment FILE`: segment a film with a server, or without one on this computer.

Exit codes: 0 done · 1 the run failed · 2 wrong use · 3 the file or the definitions were refused ·
4 the server cannot be reached or refuses the key · 5 the time ran out · 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from segments.client import (
    AuthenticationError,
    Client,
    ClientConnectionError,
    ClientError,
    ClientTimeoutError,
    PermissionDeniedError,
    QuotaExceededError,
    ValidationError,
    VideoAnalysisError,
    VideoChunkProgressEvent,
)
from segments.core.console import TEMPLATES, bar, run_body, stage_words, template_definitions, template_named
from segments.core.errors import CuepointError, InvalidRequest, MediaError
from segments.core.request import parse_json

DONE, FAILED, WRONG_USE, REFUSED, NO_SERVER, LATE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
Show = Callable[[float, str], None]


class Refused(Exception):
    """The file or the definitions cannot be used; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    show = _quiet if options.quiet or not sys.stderr.isatty() else _show
    try:
        found = _segment(options, show)
        _write(found, options.out)
    except (Exception, KeyboardInterrupt) as error:
        code, words = _verdict(error)
        if code is None:
            raise
        sys.stderr.write(f"{_line_break(show)}cuepoint: {words}\n")
        return code
    sys.stderr.write(_line_break(show))
    return DONE


def _parser() -> argparse.ArgumentParser:
    words = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(prog="cuepoint", description="Cut films into labelled segments.", epilog=words[2])
    command = parser.add_subparsers(required=True, metavar="COMMAND").add_parser("segment", epilog=words[2])
    command.description = "Segment one film and write the result as JSON."
    command.add_argument("file", type=Path)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--template", type=_template, help=f"{', '.join(TEMPLATES)}; the first word is enough")
    what.add_argument("--definitions", type=Path, help="JSON file with a list of segment definitions")
    command.add_argument("--subtitles", type=Path, help="SRT or WebVTT with what is said, instead of the film's own")
    command.add_argument("--out", default="-", help="file for the result, - (default) for standard output")
    command.add_argument("--engine", default="local")
    command.add_argument("--server", default=os.environ.get("CUEPOINT_BASE_URL"), help="default: CUEPOINT_BASE_URL")
    command.add_argument("--api-key", default=os.environ.get("CUEPOINT_API_KEY", ""), help="default: CUEPOINT_API_KEY")
    command.add_argument("--timeout", type=float, default=3600.0, help="seconds to wait for a server (3600)")
    command.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def _template(text: str) -> str:
    name = template_named(text)
    if name is None:
        raise argparse.ArgumentTypeError(f"there is no template {text!r}; choose from {', '.join(TEMPLATES)}")
    return name


def _segment(options: argparse.Namespace, show: Show) -> dict[str, Any]:
    for path in (options.file, options.subtitles):
        if path is not None and not path.is_file():
            raise Refused(f"There is no file {path}.")
    definitions = _definitions(options)
    if options.server:
        return _with_server(options, definitions, show)
    return _here(options, definitions, show)


def _definitions(options: argparse.Namespace) -> Any:
    if options.template:
        return template_definitions(options.template)
    try:
        return parse_json(options.definitions.read_bytes())
    except OSError as error:
        raise Refused(f"{options.definitions}: {error.strerror}.") from error


def _here(options: argparse.Namespace, definitions: object, show: Show) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")
    os.environ.setdefault("SECRET_KEY", secrets.token_hex())  # nothing is signed, so no key file need be made
    import django  # only this way of running needs the server's packages

    django.setup()
    from segments.domain.local_run import segment_file  # settings must be there first
    from segments.domain.progress import RunProgress

    body = run_body(definitions, options.engine)

    def tell(progress: RunProgress) -> None:
        show(progress.percent, stage_words(progress.stage))

    return segment_file(options.file, body, tell, options.subtitles)


def _with_server(options: argparse.Namespace, definitions: Any, show: Show) -> dict[str, Any]:
    """Upload, wait for the check, run, and bring the result; what is interrupted is cancelled there."""

    def sent(event: VideoChunkProgressEvent) -> None:
        show(event.progress_percent, "Uploading")

    try:
        client = Client(options.api_key, base_url=options.server, polling_interval=0.5)
    except ValueError as error:
        raise AuthenticationError(str(error)) from error
    with client:
        uploaded = client.video_uploads.upload_one(options.file, auto_analyze=False, on_chunk_progress=sent)
        show(0.0, "Checking the film")
        checked = client.files.wait_for_session(uploaded.media_id, timeout=options.timeout)
        if checked.upload_status != "completed":
            raise Refused(checked.error_message or f"The film was not accepted: {checked.upload_status}.")
        if options.subtitles is not None:
            client.files.add_subtitles(uploaded.media_id, options.subtitles)
        settings = {} if options.engine == "local" else {"engine": options.engine}
        task = client.analyze.tasks.create(uploaded.media_id, definitions, **settings)
        show(0.0, "Segmenting")
        try:
            ready = client.analyze.tasks.wait_for_completion(task.task_id, timeout=options.timeout)
        except (KeyboardInterrupt, ClientTimeoutError):
            with suppress(ClientError):  # it ended in this moment, or the server is gone
                client.analyze.tasks.cancel(task.task_id)
            raise
    warnings = [ready.error["message"]] if ready.error else []
    return {"result": ready.segments, "warnings": warnings}


def _write(found: dict[str, Any], out: str) -> None:
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if out == "-":
        sys.stdout.write(text)
    else:
        Path(out).write_text(text)


def _verdict(error: BaseException) -> tuple[int | None, str]:
    """Exit code and words; no code for a bug."""
    if isinstance(error, InvalidRequest):
        return REFUSED, "\n".join(f"{problem.path}: {problem.message}" for problem in error.problems)
    codes: list[tuple[tuple[type[BaseException], ...], int]] = [
        ((KeyboardInterrupt,), INTERRUPTED),
        ((ClientTimeoutError,), LATE),
        ((AuthenticationError, PermissionDeniedError, ClientConnectionError), NO_SERVER),
        ((Refused, MediaError, ValidationError, QuotaExceededError), REFUSED),
        ((VideoAnalysisError, ClientError, CuepointError, OSError), FAILED),
    ]
    code = next((code for kinds, code in codes if isinstance(error, kinds)), None)
    words = getattr(error, "message", "") or str(error) or "Interrupted."
    return code, words


def _show(percent: float, words: str) -> None:
    sys.stderr.write(bar(percent, words))
    sys.stderr.flush()


def _quiet(_percent: float, _words: str) -> None:
    """No bar where nobody looks."""


def _line_break(show: Show) -> str:
    return "\n" if show is _show else ""


if __name__ == "__main__":
    sys.exit(main())
