from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils import timezone

from portal import pulses
from portal.models import Pulse


class Command(BaseCommand):
    help = """Say that something that runs by itself has run: the administrator's page shows when it last did.

    The last line of a backup's script, reached only when the backup was written and read back:

        manage.py pulse backup --note "412 MB, read back"
    """

    def add_arguments(self, parser):
        parser.add_argument("name", help="what has run, in small letters: backup")
        parser.add_argument("--note", default="", help="what to remember of it, in a few words")

    def handle(self, **options):
        name, note = options["name"], options["note"]
        try:
            validate_slug(name)
        except ValidationError as problem:
            raise CommandError(f"{name}: {problem.message}") from None
        for column, value in (("name", name), ("note", note)):
            if len(value) > Pulse._meta.get_field(column).max_length:
                raise CommandError(f"The {column} is too long.")
        pulses.beat(name=name, note=note, now=timezone.now())
        self.stdout.write(f"{name}: noted")
