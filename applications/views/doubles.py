"""Applications that may be of one person: suggested with reasons, looked at side by side, decided by people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import wishes
from applications.domain import duplicates, merging
from applications.domain.duplicates import Why
from applications.models import Application, Drive, Merge
from applications.states import Status
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS
from portal import codes, names, transitions

A_PAGE = 25
WORDS = {
    Why.PHONE: gettext_lazy("same mobile number"),
    Why.NAME: gettext_lazy("name, year of birth and place"),
    Why.PHOTO: gettext_lazy("alike photo"),
    Why.HANDLE: gettext_lazy("same social media account"),
}
LABELS = {
    "name": gettext_lazy("Name"),
    "place": gettext_lazy("Place"),
    "birth_year": gettext_lazy("Year of birth"),
    "education": gettext_lazy("Education"),
    "since": gettext_lazy("With the party"),
    "work": gettext_lazy("Work done"),
    "links": gettext_lazy("Social media"),
    "writing": gettext_lazy("Writing sample"),
    "photo": gettext_lazy("Photo"),
    "can_come": gettext_lazy("On the interview day"),
    "serve_level": gettext_lazy("Wants to serve at"),
    "wishes": gettext_lazy("Posts wished for"),
}


def mine(request):
    """What this colleague reviews; 404 for those who review nothing."""
    rows = access.narrow(Application.objects.all(), user=request.user, right=Right.REVIEW)
    if rows.query.is_empty():
        raise Http404
    return rows


def doubles(request):
    rows = mine(request)
    drives = Drive.objects.filter(pk__in=rows.order_by().values("drive")).order_by("-closes_at", "pk")
    drive = drives.filter(slug=request.GET.get("drive", "")).first() or drives.first()
    found = duplicates.pairs(rows.filter(drive=drive)) if drive else []
    if drive:
        duplicates.remember(len(found), drive=drive.pk, user=request.user)
    counts = [(why, WORDS[why], sum(why in pair.reasons for pair in found)) for why in Why]
    why = request.GET.get("why", "")
    chosen = [pair for pair in found if not why or why in pair.reasons]
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    people = rows.select_related("unit__district", "photo").defer("photo__image", "work", "roles")
    people = people.in_bulk([pk for pair in page for pk in pair[:2]])
    waiting = Merge.objects.filter(
        agreed_at=None, undone_at=None, kept__in=rows.values("pk"), folded__in=rows.values("pk")
    )
    context = {
        "nav": "applications",
        "drive": drive,
        "drives": drives,
        "total": len(found),
        "counts": counts,
        "why": why,
        "page": page,
        "rows": [(people[pair.first], people[pair.second], [WORDS[each] for each in pair.reasons]) for pair in page],
        "waiting": waiting.select_related("kept", "folded", "asked_by__person").order_by("asked_at"),
    }
    return TemplateResponse(request, "applications/doubles.html", context)


def double(request, ref, other):
    """Two side by side, and what may be done about them."""
    one, two = _two(request, ref, other)
    merge = _merge(one, two)
    if request.method == "POST":
        act = {"merge": _propose, "differ": _differ, "agree": _agree, "undo": _undo}.get(request.POST.get("do"))
        if act and _may(request, act, one, merge):
            return act(request, one, two, merge)
        raise Http404
    return _page(request, one, two, merge)


def of(application, user):
    """What ``_doubles.html`` shows on the page of one application: the other one, and why."""
    everywhere = access.narrow(Application.objects.all(), user=user, right=Right.REVIEW)
    rows = everywhere.filter(drive=application.drive_id)
    found = duplicates.pairs_of(application, rows)
    others = rows.select_related("unit").in_bulk([pk for pair in found for pk in pair[:2] if pk != application.pk])
    merges = Merge.objects.filter(undone_at=None).select_related("kept", "folded")
    return {
        "doubles": [
            (others[pk], [WORDS[why] for why in pair.reasons]) for pair in found for pk in pair[:2] if pk in others
        ],
        "elsewhere": [
            (row, [WORDS[why] for why in reasons]) for row, reasons in duplicates.elsewhere(application, everywhere)
        ],
        "folded": merges.filter(kept=application, agreed_at__isnull=False, folded__in=rows.values("pk")),
        "into": merges.filter(folded=application, agreed_at__isnull=False, kept__in=rows.values("pk")).first(),
    }


def _two(request, ref, other):
    try:
        refs = [codes.read(ref), codes.read(other)]
    except codes.BadCode:
        raise Http404 from None
    units = [f"unit__{level}" for level in ANCESTORS]
    rows = mine(request).select_related(*units, "drive__unit", "prompt", "photo").filter(ref__in=refs)
    found = {row.ref: row for row in rows}
    if len(found) != 2 or len({row.drive_id for row in found.values()}) != 1:
        raise Http404
    return [found[ref] for ref in refs]


def _merge(one, two):
    rows = Merge.objects.filter(undone_at=None, kept__in=[one, two], folded__in=[one, two])
    return rows.select_related("kept", "folded", "asked_by__person", "agreed_by__person").order_by("agreed_at").last()


def _may(request, act, one, merge):
    """Proposing goes with the applications; joining two is of those who decide for the drive."""
    own_proposal = act == _undo and merge and not merge.agreed_at and merge.asked_by_id == request.user.pk
    return act in {_propose, _differ} or own_proposal or _decides(request, one)


def _decides(request, one):
    return access.may(request.user, Right.DECIDE, one.drive.unit)


def _propose(request, one, two, merge):
    kept, folded = (two, one) if request.POST.get("kept") == two.ref else (one, two)
    taken = [field for field in merging.TAKEN if request.POST.get(field) == folded.ref]
    try:
        merging.propose(kept=kept, folded=folded, taken=taken, by=request.user, now=timezone.now())
    except merging.CannotMerge:
        messages.error(
            request, _("These two cannot be made one now: one of them was decided, or waits in another merge.")
        )
    else:
        messages.success(request, _("Proposed. A second colleague looks at it and agrees."))
    return redirect("applications:double", one.ref, two.ref)


def _differ(request, one, two, merge):
    duplicates.tell_apart(one=one, other=two, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: these are two people. They are not suggested again."))
    return redirect("applications:doubles")


def _agree(request, one, two, merge):
    try:
        merging.agree(merge=_there(merge), by=request.user, now=timezone.now())
    except merging.SamePerson:
        messages.error(request, _("You proposed it; another colleague must agree."))
    except (merging.CannotMerge, transitions.Stale):
        messages.error(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("The two are one now. It can be undone as long as neither goes on."))
    return redirect("applications:double", one.ref, two.ref)


def _undo(request, one, two, merge):
    try:
        merging.undo(merge=_there(merge), by=request.user, now=timezone.now())
    except merging.MovedOn:
        messages.error(request, _("One of the two has been changed or decided since. It stays as it is."))
    except (transitions.Stale, transitions.NotAllowed):
        messages.error(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("Taken back. Both are as they were."))
    return redirect("applications:double", one.ref, two.ref)


def _there(merge):
    if merge is None:
        raise Http404
    return merge


def _page(request, one, two, merge):
    pairs = duplicates.pairs(Application.objects.filter(pk__in=[one.pk, two.pk]))
    shown = [_shown(one), _shown(two)]
    context = {
        "nav": "applications",
        "one": one,
        "two": two,
        "merge": merge,
        "reasons": [WORDS[why] for pair in pairs for why in pair.reasons],
        "rows": [
            (field, LABELS[field], *(each[field] for each in shown), shown[0][field] != shown[1][field])
            for field in LABELS
        ],
        "fuller": two.ref if _weight(shown[1]) > _weight(shown[0]) else one.ref,
        "can_merge": merging.can_be_merged(one, two) and merge is None,
        "decides": _decides(request, one),
        "is_mine": merge is not None and merge.asked_by_id == request.user.pk,
        "is_merged": Status.MERGED in {one.status, two.status},
    }
    return TemplateResponse(request, "applications/double.html", context)


def _shown(row):
    """Each field that can be taken over, as it is read."""
    return {
        "name": row.name,
        "place": ", ".join([row.unit.title, *(unit.title for unit in row.unit.chain), *filter(None, [row.place_note])]),
        "birth_year": row.birth_year,
        "education": row.education,
        "since": ", ".join(filter(None, [row.get_since_display(), row.roles])),
        "work": row.work,
        "links": "\n".join([*(link.get("text", "") for link in row.links), str(row.get_followers_display())]).strip(),
        "writing": "\n".join(filter(None, [str(row.prompt or ""), row.writing])),
        "photo": row.photo,
        "can_come": row.get_can_come_display(),
        "serve_level": row.get_serve_level_display(),
        "wishes": wishes.numbered(row.wishes),
    }


def _weight(shown):
    """How much somebody wrote: the fuller one is proposed to be kept."""
    return names.word_count(" ".join(str(value) for field, value in shown.items() if field != "photo"))
