"""What runs when. Read by Celery beat and by ``manage.py tick`` alike.

Every job is a sweep over rows that are due: running it twice, late, or on two
machines at once does no harm.
"""

MINUTE = 60.0

TIMETABLE = {
    "remind about applications": {"task": "applications.tasks.remind", "schedule": MINUTE},
    "remind about interviews": {"task": "interviews.tasks.remind", "schedule": MINUTE},
    "remind about committees": {"task": "committees.tasks.remind", "schedule": MINUTE},
    "invite and remind about workshops": {"task": "training.tasks.invite_and_remind", "schedule": MINUTE},
    "send what is due": {"task": "portal.tasks.send_due_notices", "schedule": MINUTE},
}
