"""One post of a committee: by number, or from those one may think of; then it stands in the list."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from committees import access, choices
from committees.domain import consenting, inducting, proposing, publishing, watching
from committees.forms.filling import PersonForm, PhoneForm
from committees.levels import Level, Role
from committees.models import Appointment, Nomination
from committees.models.formation import Purpose
from committees.states import WRITABLE
from committees.views.forming import TOLD, seat_or_404, words_of
from portal import people, throttle, transitions
from portal.models import Person
from portal.views import too_many

LOOKED_UP = 240  # an hour, twice for each person: more than anybody types who forms committees
HOUR = 3600


def fill(request, path, pk):
    """One post: number, then person, then done. Works with plain forms."""
    seat = seat_or_404(request, path, pk)
    back = f"{seat.unit.committee_url}form/"
    if seat.post.role == Role.INCHARGE and seat.unit.level == Level.DISTRICT:
        return redirect("committees:incharge", seat.unit.slug)  # takes a second person
    proposal = proposing.open_of(seat.unit) if seat.post.in_committee else None
    fixed = proposal is not None and proposal.status not in WRITABLE
    if fixed or (seat.open and not seat.post.in_committee):
        messages.warning(request, _("Someone was quicker. Please look again."))
        return redirect(back)
    line = Nomination.objects.filter(proposal=proposal, seat=seat).select_related("person").first()
    phone_form = PhoneForm(request.POST if {"find", "seat", "now"} & set(request.POST) else None)
    person_form, known = None, []
    if phone_form.is_valid():
        try:
            known = _looked_up(request.user, phone_form.cleaned_data["phone"])
        except throttle.TooMany as limit:
            return too_many(request, wait=limit.wait)
        person_form = _person_form(request, seat, proposal, known, phone_form.cleaned_data["phone"])
    if request.method == "POST":
        done = _write(request, seat, person_form)
        if done is not None:
            return done
    context = {
        "seat": seat,
        "unit": seat.unit,
        "line": line,
        "seen": line.made_at.isoformat() if line else "",
        "phone_form": phone_form,
        "person_form": person_form,
        "known": _sitting(known),
        "nav": "committees",
    }
    if seat.post.in_committee and person_form is None:
        context |= _drawer(request, seat, proposal)
    return TemplateResponse(request, "committees/fill.html", context)


def _looked_up(user, phone):
    """Whom we know on this number. It tells a name, so asking is limited, and what was found is written down."""
    throttle.hit("lookup", user.pk, limit=LOOKED_UP, seconds=HOUR)
    known = inducting.on_phone(phone)
    watching.looked_up(persons=known, by=user, now=timezone.now())
    return known


def _person_form(request, seat, proposal, known, phone):
    answered = request.POST if {"seat", "now"} & set(request.POST) else None
    term = proposal.term_ends if proposal else _usual_term(seat)
    return PersonForm(
        answered,
        known=known,
        initial={"phone": phone, "term_ends": term},
        listed=seat.post.in_committee,
        at_once=_may_at_once(request.user, seat),
    )


def _may_at_once(user, seat):
    """May this person appoint here by one press: where no second one is asked, and nobody is relieved by it."""
    alone = seat.post.in_committee and seat.unit.level not in proposing.BY_TWO and not seat.open
    return alone and access.may_form_alone(user, seat.unit)


def _write(request, seat, person_form):
    """What was pressed, done; nothing when the page has more to say."""
    back = redirect(f"{seat.unit.committee_url}form/")
    try:
        return back if _pressed(request, seat, person_form, timezone.now()) else None
    except proposing.Stale:
        return _stale(request, seat)
    except (proposing.Fixed, proposing.LineDone, transitions.NotAllowed, transitions.Stale):
        messages.warning(request, _("Someone was quicker. Please look again."))
        return back
    except TOLD as problem:
        for words in words_of(problem):
            messages.error(request, words)
    return back if "pick" in request.POST else None


def _pressed(request, seat, person_form, now):
    """Was a button's work done? Raises what the domain raises."""
    checked = person_form is not None and person_form.is_valid()
    if not seat.post.in_committee:
        return checked and _inducted(request, seat, person_form, now)
    if "empty" in request.POST and seat.open:
        return _listed(request, seat, None, now)
    if "pick" in request.POST:
        return _listed(request, seat, _picked(request, seat, now), now)
    if not checked:
        return False
    person = inducting.meet(now=now, **person_form.told())
    if "now" in request.POST and _may_at_once(request.user, seat):
        return _appointed(request, seat, person, person_form.cleaned_data["term_ends"], now)
    return _listed(request, seat, person, now, person_form)


def _listed(request, seat, person, now, form=None):
    """Into the open list, or a new one; the person is asked at once when the form says so."""
    told = {"by": request.user, "now": now}
    term = form.cleaned_data["term_ends"] if form else _usual_term(seat)
    proposal = proposing.begin(unit=seat.unit, purpose=Purpose.COMMITTEE, term_ends=term, **told)
    if form:
        proposing.set_term(proposal=proposal, term_ends=term, **told)
    note = request.POST.get("note", "")[:300]
    reasons = (
        [{"what": "applicant", "key": request.POST["pick"]}] if request.POST.get("pick", "").startswith("a") else []
    )
    line = proposing.nominate(
        proposal=proposal, seat=seat, person=person, note=note, reasons=reasons, seen=_seen(request), **told
    )
    if form and form.cleaned_data["ask"] and line.says_yes is None:
        consenting.ask(nomination=line, **told)
    if person is None:
        messages.success(request, _("The post is to become vacant when the list is published."))
    else:
        messages.success(request, _("%(name)s stands in the list now.") % {"name": person.name})
    return True


def _appointed(request, seat, person, term_ends, now):
    publishing.appoint_now(seat=seat, person=person, by=request.user, now=now, term_ends=term_ends)
    words = _("%(name)s is appointed. The letter and the link to accept are on the way.")
    messages.success(request, words % {"name": person.name})
    return True


def _inducted(request, seat, form, now):
    """An office post is given by those who may, at once."""
    told = form.told() | {"term_ends": form.cleaned_data["term_ends"]}
    appointment = inducting.induct(seat=seat, by=request.user, now=now, **told)
    words = _("%(name)s is appointed. The letter and the link to accept are on the way.")
    messages.success(request, words % {"name": appointment.person.name})
    return True


def _picked(request, seat, now):
    """The person of the drawer whose button was pressed; an applicant becomes known by it."""
    key = request.POST["pick"]
    places = [seat.unit, *([seat.unit.parent] if seat.unit.parent else [])]
    for unit in places:
        for one in choices.hopefuls(user=request.user, unit=unit, now=now) if key.startswith("a") else []:
            if one.key == key:
                return _met(one, now)
        rows = [*choices.former(unit=unit, without=[]), *choices.sitting(unit=unit, without=[], now=now)]
        for one in rows if key.startswith("p") else []:
            if one.key == key:
                return one.person
    raise PermissionDenied


def _met(one, now):
    details = {"gender": one.gender, "birth_year": one.birth_year, "language": one.language}
    try:
        return people.know(phone=one.phone, name=one.name, share=one.share, now=now, **details)
    except people.AnotherName:  # the phone's own person is somebody else: a family shares it
        details.pop("language")
        return inducting.meet(phone=one.phone, share=None, name=one.name, now=now, **details)


def _drawer(request, seat, proposal):
    """Whom one may think of, without those who stand in the list; ``?wide=1`` looks one level up too."""
    wide = bool(request.GET.get("wide")) and seat.unit.parent is not None
    unit, now = (seat.unit.parent if wide else seat.unit), timezone.now()
    rows = proposal.nominations.filter(person__isnull=False) if proposal else Nomination.objects.none()
    listed = list(rows.select_related("person"))
    taken = {line.person_id for line in listed}
    numbers = {(line.person.phone, line.person.share) for line in listed}
    former = choices.former(unit=unit, without=taken)
    without = taken | {one.person.pk for one in former}
    found = choices.hopefuls(user=request.user, unit=unit, now=now)
    return {
        "hopefuls": [one for one in found if (one.phone, one.share) not in numbers],
        "former": former,
        "sitting": choices.sitting(unit=unit, without=without, now=now),
        "wide": wide,
        "looked_in": unit,
        "may_share": bool(access.shares_for(request.user)),
    }


def _seen(request):
    """When the line that the page showed was made; ``None`` for a page that knew of none to compare."""
    if "seen" not in request.POST:
        return None
    shown = request.POST["seen"]
    found = parse_datetime(shown) if shown else proposing.NO_LINE
    return found if isinstance(found, datetime) and found.tzinfo else proposing.NO_LINE


def _stale(request, seat):
    """Both texts side by side: what stands there now, and what was to be written."""
    theirs = Nomination.objects.filter(proposal__unit=seat.unit, seat=seat).select_related("person", "by__person")
    line = theirs.order_by("-made_at").first()
    mine = [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "seen")]
    share = request.POST.get("who", "")
    names = Person.objects.filter(phone=request.POST.get("phone", "")).values_list("share", "name")
    written = request.POST.get("name") or dict(names).get(int(share) if share.isdecimal() else None, "")
    context = {
        "seat": seat,
        "unit": seat.unit,
        "line": line,
        "mine": mine,
        "written": written,
        "seen": line.made_at.isoformat() if line else "",
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/proposal_stale.html", context, status=409)


def _usual_term(seat):
    """The term that was written last in this unit."""
    last = Appointment.objects.filter(seat__unit=seat.unit_id, term_ends__isnull=False).order_by("-since").first()
    return last.term_ends if last else None


def _sitting(known):
    """Those known on a number, each with where they sit now."""
    rows = Appointment.objects.current().filter(person__in=known).select_related("seat__post", "seat__unit")
    return [(person, [row.seat for row in rows if row.person_id == person.pk]) for person in known]
