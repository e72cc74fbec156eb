import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo import telling


class Command(BaseCommand):
    help = """Fill an empty database with made-up people on the real units of Rajasthan.

    small: one drive open, one with interviews half scored, two districts half formed, a workshop ahead.
    state: all units down to the booth and 2,500 applications. full: 200,000 applications and 300,000 filled seats.
    Refuses a database that holds real people.
    """

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=sorted(telling.SCALES), default="small")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same people")
        parser.add_argument("--json", action="store_true", help="print one JSON object of counts and nothing else")

    def handle(self, **options):
        try:
            told = telling.tell(scale=options["scale"], seed=options["seed"], now=timezone.localtime())
        except telling.NotEmpty as found:
            message = (
                f"यह डेटाबेस खाली नहीं है ({found}); डेमो केवल खाली डेटाबेस में बनता है। "
                f"This database is not empty ({found}). Name an empty one in DATABASE_URL, or use make demo FRESH=1."
            )
            raise CommandError(message) from None
        self.stdout.write(json.dumps(telling.counts()) if options["json"] else telling.sign_ins(told))
