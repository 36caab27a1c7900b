"""`manage.py fetch_speech_model NAME`: the one step of speech recognition that needs the network."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from segments.domain.speech import model_folder


class Command(BaseCommand):
    help = (
        "Fetch a faster-whisper model (tiny, base, small, …) from its hub into DATA_DIR; then set SPEECH_MODEL to it."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        if "/" in options["name"]:
            raise CommandError("Give the name of a model such as small; a folder needs no fetching.")
        try:
            from faster_whisper import download_model  # an optional extra
        except ImportError as error:
            raise CommandError("Install the package first: pip install 'cuepoint[speech]'.") from error
        folder = model_folder(options["name"])
        folder.mkdir(parents=True, exist_ok=True)
        try:
            download_model(options["name"], output_dir=str(folder))
        except (ValueError, OSError) as error:
            raise CommandError(f"The model could not be fetched: {error}") from error
        self.stdout.write(f"Fetched. Start the server with SPEECH_MODEL={options['name']}.")
