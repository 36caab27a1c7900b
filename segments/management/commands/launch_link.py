"""`manage.py launch_link`: a link that lets one browser in, for ACCESS=token."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from segments.domain import launch


class Command(BaseCommand):
    help = "Print a link that opens this server in one browser (ACCESS=token)."

    def handle(self, *args: Any, **options: Any) -> None:
        host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
        self.stdout.write(f"http://{host}:{settings.PORT}/enter/?token={launch.token()}")
