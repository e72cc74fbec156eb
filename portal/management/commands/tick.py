from django.conf import settings
from django.core.management.base import BaseCommand

from portal import celery_app


class Command(BaseCommand):
    help = """Run every job of the timetable once, in this process.

    For an installation without Redis and Celery: let cron call this each
    minute. Every job is safe to run again, so a missed or doubled minute
    does no harm.
    """

    def handle(self, **options):
        celery_app.loader.import_default_modules()
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
            done = celery_app.tasks[entry["task"]].apply(throw=True).get()
            self.stdout.write(f"{name}: {done}")
