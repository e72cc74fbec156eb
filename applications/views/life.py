"""What the one page of an application shows in each of its states."""

from applications import outcomes, progress, steps
from applications.domain import telling
from applications.states import MOVES, RESULTS, Status
from applications.summary import answers_of, cards
from applications.views.passes import OVER
from applications.views.public import share
from committees.domain import letters
from committees.models import Appointment

DECIDED = RESULTS | {Status.APPOINTED}


def page(application, now):
    """Needs ``device.application_of``'s row."""
    drive = application.drive
    at = progress.standing(application, now)
    before_deadline = now < drive.closes_at
    link = getattr(application, "own_link", None)
    is_over = at.status in OVER
    context = {
        "application": application,
        "drive": drive,
        "now": now,
        "at": at,
        "status_word": at.word,
        "fresh": at.status == Status.SUBMITTED and (now - application.submitted_at).days < 1,
        "next_thing": progress.next_thing(application, at, now),
        "timeline": progress.timeline(application, at),
        "cards": [] if is_over else cards(answers_of(application), drive=drive, has_photo=bool(application.photo_id)),
        "changeable": steps.changeable(application.status, before_deadline=before_deadline, drive=drive),
        "may_withdraw": may_withdraw(application),
        "may_undo": application.status == Status.WITHDRAWN and before_deadline,
        "may_share": before_deadline and not is_over,
        "may_ask": not is_over and not before_deadline,
        "brought": link.applications.count() if link else 0,
        "shows_map": bool(drive.interview_map) and at.status in (Status.SUBMITTED, Status.SHORTLISTED),
        "data_name": f"a-{application.ref}",
        "self_url": telling.own_whatsapp(application.phone, telling.own_page(application)),
        **share(drive, link),
    }
    return context | (_result(application, at, now) if at.status in DECIDED else {})


def _result(application, at, now):
    """What goes with a result."""
    found = {"record_code": outcomes.receipt(application) if _on_record(application) else ""}
    if at.status == Status.NOT_SELECTED:
        found |= {
            "considered": outcomes.considered(application.drive, interviewed=at.interview is not None),
            "gently": outcomes.gently(application),
            "kept_until": outcomes.kept_until(application),
            "again": outcomes.again(application, now),
        }
    if at.status == Status.WAITING:
        found["band"] = outcomes.band(application)
    if at.status == Status.APPOINTED and (seated := _seated(application)):
        found["letter_url"] = letters.link_for(seated)
    return found


def _on_record(application):
    """Is there a public record of the drive, with this application in it?"""
    return application.drive.records.exists() and application.interviews.filter(decision__isnull=False).exists()


def _seated(application):
    """The appointment that came of it, as long as the person holds it."""
    held = Appointment.objects.filter(person=application.person_id, until=None, since__gte=application.submitted_at)
    return held.select_related("person").order_by("since").first()


def may_withdraw(application):
    return Status.WITHDRAWN in MOVES[application.status]
