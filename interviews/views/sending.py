"""What a panel member's phone sends, on a good network or a bad one; a refusal never costs a mark."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.models import Criterion
from committees import access
from committees.access import Right
from interviews.domain import conflicts, corrections, scoring, two_devices
from interviews.domain.scheduling import DayClosed
from interviews.domain.scoring import Answers, Given
from interviews.models import Conflict, Interview, ScoreSheet
from interviews.states import HERE, Status
from interviews.views.common import number
from portal import dates
from portal.transitions import Stale

LOCKED = 423
LONGEST = 16  # digits of a time in milliseconds


@never_cache
@require_safe
def token(request):
    """A fresh token for a page that was open while somebody signed in again."""
    return JsonResponse({"token": get_token(request), "who": request.user.person_id})


@never_cache
@require_POST
def send(request):
    """One sheet, saved or handed in. What is refused stays on the phone, with words what to do."""
    if request.POST.get("who") != str(request.user.person_id):
        words = _("Somebody else is signed in on this phone. Your marks are safe here: sign in yourself to send them.")
        return JsonResponse({"words": words}, status=403)
    rows = access.narrow(Interview.objects.in_plan(), user=request.user, right=Right.SCORE, unit="day__unit")
    key = number(request.POST.get("interview"))
    mine = rows.filter(pk=key, panel__memberships__person=request.user.person_id)
    interview = mine.select_related("day__drive", "application").first()
    if interview is None and _said_before(request, key):
        return JsonResponse({"next": ""})
    if interview is None:
        words = _(
            "This person is not before your panel any more. Your marks are safe on this phone: "
            "tell the office, they can copy them as from paper."
        )
        return JsonResponse({"words": words}, status=403)
    try:
        if request.POST.get("do") == "conflict":
            return _known(request, interview)
        return _take(request, interview, newest_sheet(interview, request.user.person))
    except DayClosed:
        words = _(
            "The day is closed. Your marks are safe on this phone: hand them in with a reason, the office decides."
        )
        return JsonResponse({"words": words, "late": interview.day.frozen_at is None}, status=LOCKED)
    except scoring.NotHere:
        words = _("The desk has not given a token yet. Your marks are safe on this phone and will be sent.")
        return JsonResponse({"words": words}, status=403)
    except (scoring.NotOnPanel, conflicts.ConflictStands):
        return JsonResponse({"words": _("This can no longer be scored.")}, status=403)
    except conflicts.Frozen:
        return _handed_in_before(request, interview)


def newest_sheet(interview, person):
    """The last version of this person's sheet, or None."""
    return ScoreSheet.objects.newest().filter(interview=interview, panelist=person).first()


def _take(request, interview, sheet):
    by, now, do = request.user, timezone.now(), request.POST.get("do", "save")
    answers = answers_of(request.POST, criteria_of(interview), now)
    key, former = keys_of(request.POST)
    told, said_free = {"by": by, "now": now}, _moment(request.POST, "free", now)
    if sheet is None and said_free is None:
        words = _("Open the card again and say first that you are free of conflict. Your marks are safe on this phone.")
        return JsonResponse({"words": words}, status=403)
    try:
        if do == "late":
            reason = request.POST.get("late", "")
            late = {"interview": interview, "panelist": by.person, "reason": reason, "key": key}
            sheet = corrections.hand_in_late(answers=answers, **late, **told)
        else:
            declared = {"interview": interview, "panelist": by.person, "said_at": said_free}
            sheet = sheet or scoring.declare_free(**declared, **told)
            verb = scoring.submit_sheet if do == "submit" else scoring.save_sheet
            revision = revision_of(request.POST)
            sheet = verb(sheet=sheet, answers=answers, revision=revision, key=key, former=former, **told)
    except Stale:
        return _merged(sheet, answers, key, do, told)
    except scoring.Incomplete as problem:
        return JsonResponse({"missing": problem.criteria, "note": problem.note}, status=422)
    except corrections.NeedsReason:
        return JsonResponse({"words": _("Write why it comes late."), "late": True}, status=LOCKED)
    following = ""
    if do in {"submit", "late"}:
        following = next_url(request, interview)
        messages.success(request, _("Token %(token)d: your marks are handed in.") % {"token": interview.token})
    return JsonResponse({"revision": sheet.revision, "saved": dates.clock(sheet.saved_at), "next": following})


def _merged(sheet, answers, key, do, told):
    """Another device saved meanwhile: both are joined; what is handed in is looked at first."""
    try:
        sheet = two_devices.merge(sheet=sheet, answers=answers, key=key, **told)
    except Stale:
        return JsonResponse({"words": _("Someone was quicker. Please look again.")}, status=503)
    words = _("Marks of your other device came in; of each the newest stands here.")
    if do == "submit":
        words += " " + _("Look at it, then hand it in.")
    saved = {
        "revision": sheet.revision,
        "saved": dates.clock(sheet.saved_at),
        "fields": fields_of(sheet),
    }
    return JsonResponse({**saved, "words": words}, status=409 if do == "submit" else 200)


def _known(request, interview):
    """Said to a phone without a network: this person is known too well. What was handed in before stays."""
    told = {"person": request.user.person, "by": request.user, "now": timezone.now()}
    try:
        conflicts.declare(application=interview.application, reason=request.POST.get("reason", ""), **told)
    except conflicts.Frozen:
        words = _("This sheet was handed in. It stays as it is.")
        there = reverse("interviews:card", args=[interview.day.date, interview.token])
        return JsonResponse({"words": words, "same": False, "next": there}, status=410)
    return JsonResponse({"next": reverse("interviews:my-panels")})


def _said_before(request, key):
    """Was this conflict said before, by the same press whose answer got lost?"""
    known = Conflict.objects.filter(person=request.user.person_id, application__interviews=key)
    return request.POST.get("do") == "conflict" and known.exists()


def _handed_in_before(request, interview):
    """The sheet is closed; does the phone say anything else than what was handed in?"""
    sheet = newest_sheet(interview, request.user.person)
    answers = answers_of(request.POST, criteria_of(interview), timezone.now())
    given = {score.criterion_id: score.mark for score in sheet.scores.all()}
    same = all(given.get(key) == one.mark for key, one in answers.marks.items())
    told = {
        "words": _("This sheet was handed in before and stays. What stands here differs: ask there for a correction."),
        "same": same and answers.note.strip() in {"", sheet.note},
        "next": reverse("interviews:card", args=[interview.day.date, interview.token]),
    }
    return JsonResponse(told, status=410)


def next_url(request, interview):
    """The card of the next person of this panel who is here and has no sheet of ours; else the day."""
    mine = ScoreSheet.objects.filter(panelist=request.user.person_id, submitted_at__isnull=False).values("interview")
    rows = access.narrow(Interview.objects.here(), user=request.user, right=Right.SCORE, unit="day__unit")
    rows = rows.filter(panel=interview.panel_id, status__in=HERE - {Status.ARRIVED}).exclude(pk__in=mine)
    following = rows.filter(day__locked_at=None).order_by("entered_at", "token").first()
    if following is None:
        return reverse("interviews:my-panels")
    return reverse("interviews:card", args=[interview.day.date, following.token])


def fields_of(sheet):
    """What a sheet says, as the fields of its form."""
    fields = []
    for score in sheet.scores.all():
        fields.append([f"c{score.criterion_id}", str(score.mark or "none")])
        fields.append([f"w{score.criterion_id}", score.why_none])
    return [*fields, ["note", sheet.note]]


def criteria_of(interview):
    """What is looked at, with what the marks mean, in order."""
    return list(Criterion.objects.filter(drive=interview.day.drive_id).prefetch_related("anchors").order_by("order"))


def answers_of(data, criteria, now):
    """What the form says: ``c<key>`` a mark or ``none``, ``w<key>`` why none, ``t<key>`` when, ``note``, ``tnote``."""
    marks = {}
    for each in criteria:
        said, moment = data.get(f"c{each.pk}", ""), _moment(data, f"t{each.pk}", now)
        if said == "none":
            marks[each.pk] = Given(None, data.get(f"w{each.pk}", ""), moment)
        elif said in {"1", "2", "3", "4", "5"}:
            marks[each.pk] = Given(int(said), "", moment)
    return Answers(marks, data.get("note", ""), _moment(data, "tnote", now))


def revision_of(data):
    """The revision the page builds on; -1 for what is none."""
    text = data.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def keys_of(data):
    """The key of this save, and those of former ones whose answer got lost."""
    return data.get("key", "")[:40], data.get("former", "")[:1000].split(",")


def _moment(data, name, now):
    """A time of the device on our clock: how long before it sent this, never later than now."""
    then, sent = data.get(name, ""), data.get("clock", "")
    if not all(text.isascii() and text.isdecimal() and len(text) < LONGEST for text in (then, sent)):
        return None
    ago = timedelta(milliseconds=max(int(sent) - int(then), 0))
    return max(now - ago, datetime(2000, 1, 1, tzinfo=UTC)) if ago < timedelta(days=3650) else None
