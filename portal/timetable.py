"""What runs when. Read by Celery beat and by ``manage.py tick`` alike.

Every job is a sweep over rows that are due: running it twice, late, or on two
machines at once does no harm. A call that nobody took within a minute is
forgotten, the next one does its work.
"""

from datetime import timedelta

MINUTE = 60.0

# The queues, each with a worker of its own, and how long one that works may be silent: longer than its longest task.
QUEUES = {"urgent": timedelta(minutes=3), "usual": timedelta(minutes=6), "long": timedelta(minutes=16)}
USUAL = "usual"  # where everything goes that is not named here
ROUTES = {
    "portal.tasks.show_life": {"queue": "urgent"},
    "portal.tasks.send_due_notices": {"queue": "urgent"},
    "portal.tasks.do_jobs": {"queue": "long"},
}


def each_minute(task):
    """An entry for Celery beat."""
    return {"task": task, "schedule": MINUTE, "options": {"expires": MINUTE}}


TIMETABLE = {
    "show that the clock goes": each_minute("portal.tasks.show_life"),
    "remind about applications": each_minute("applications.tasks.remind"),
    "note who was appointed": each_minute("applications.tasks.note_appointed"),
    "remind readers": each_minute("applications.tasks.remind_readers"),
    "remind about interviews": each_minute("interviews.tasks.remind"),
    "remind of offers and end them": each_minute("interviews.tasks.keep_offers"),
    "remind about committees": each_minute("committees.tasks.remind"),
    "count the committees": each_minute("committees.tasks.count"),
    "carry messages down the tree": each_minute("committees.tasks.carry_messages"),
    "remind about messages and count them": each_minute("committees.tasks.watch_messages"),
    "invite and remind about workshops": each_minute("training.tasks.invite_and_remind"),
    "certify who learnt": each_minute("training.tasks.certify"),
    "erase what is due": each_minute("portal.me.tasks.erase_what_is_due"),
    "remind about requests": each_minute("portal.me.tasks.remind_the_officer"),
    "look after the notices": each_minute("portal.tasks.mend_notices"),
    "do the jobs": each_minute("portal.tasks.do_jobs"),
    "send what is due": each_minute("portal.tasks.send_due_notices"),  # last: what the others promise leaves at once
}

# Background jobs: the name in ``Job.kind``, and the function that does the work (``portal.jobs``).
WORKERS: dict[str, str] = {
    "committees.letters": "committees.domain.bulk_letters.worker",
    "applications.bulk": "applications.domain.bulk.worker",
    "applications.undo": "applications.domain.bulk.undo_worker",
    "applications.publish": "applications.domain.bulk.publish_worker",
    "applications.export": "applications.domain.exporting.worker",
    "committees.publish": "committees.domain.publishing.worker",
    "committees.export": "committees.domain.exporting.worker",
    "committees.roster": "committees.domain.rosters.taking.worker",
    "committees.roster-undo": "committees.domain.rosters.undoing.worker",
    "committees.strength": "committees.domain.strength.worker",
    "interviews.results": "interviews.domain.exporting.worker",
    "import": "applications.domain.importing.batches.work",
    "posters.sizes": "applications.domain.printing.pack",
    "posters.units": "applications.domain.printing.pack",
}
