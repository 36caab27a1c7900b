"""The app: models, domain, and every door to them."""

from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "segments"
    verbose_name = "Segments"

    def ready(self) -> None:
        from segments import checks  # noqa: F401 - registers the system checks
