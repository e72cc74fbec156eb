import json
import logging

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import celery_app

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = """Run every job of the timetable once, in this process.

    For an installation without Redis and Celery: let cron call this each
    minute. Every job is safe to run again, so a missed or doubled minute
    does no harm. A job that fails does not keep the others from running;
    the command then ends with an error.
    """

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object: what was done, by job")

    def handle(self, **options):
        celery_app.loader.import_default_modules()
        done, broken = {}, []
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
            try:
                done[name] = celery_app.tasks[entry["task"]].apply(throw=True).get()
            except Exception:
                log.exception("tick: %s", name)
                broken.append(name)
        if options["json"]:
            self.stdout.write(json.dumps(done, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{name}: {what}" for name, what in done.items()))
        if broken:
            raise CommandError("These jobs failed: " + ", ".join(broken))
