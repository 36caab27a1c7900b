"""`manage.py create_key NAME`: an API key, alone on one line, shown this once."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from segments.core.errors import InvalidRequest
from segments.domain import access, api_keys


class Command(BaseCommand):
    help = "Make an API key and print it. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the key is for")
        parser.add_argument("--user", help="account that the key acts for (default: the owner of this server)")

    def handle(self, *args: Any, **options: Any) -> None:
        user = access.local_owner()
        if options["user"]:
            found = User.objects.filter(username=options["user"]).first()
            if found is None:
                raise CommandError(f"There is no account {options['user']!r}.")
            user = found
        try:
            self.stdout.write(api_keys.create(user, name=options["name"])[1])
        except InvalidRequest as error:
            raise CommandError(error.message) from error
