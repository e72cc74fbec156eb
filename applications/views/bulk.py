"""The same for many: first what would happen, then, confirmed, all of it at once or in the background."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applications import access as may_move
from applications.domain import bulk, reviewing
from applications.domain.bulk import Action
from applications.forms.desk import MoveForm, TagForm
from applications.forms.readers import GiveForm
from applications.models import Drive
from applications.sieve import Sieve
from applications.states import Status
from applications.views import inbox, undoing
from portal import numbers
from portal.models import Job

SAMPLE = 5
WAYS = {"now": "move", "pencil": "pencil"}  # decide at once, or publish together later
OTHERS = ("tag", "untag", "rub", "give")
BACK_AT_ONCE = 1000
ASKED = ("to", "way", "tag", "query", "everyone", "seen", "ref")
LONGEST = 3500  # signs of an address; servers take 4,094


@require_http_methods(["GET", "POST"])
def many(request):
    """Every decision about several: first what would happen, a page that can be reloaded; confirmed, it happens."""
    inbox.gate(request)
    said = request.GET if request.method == "GET" else request.POST
    if "to" not in said:
        return redirect("applications:desk")
    if request.method == "POST" and "confirm" not in said and len(look := _look(said)) < LONGEST:
        return redirect(look)
    now = timezone.now()
    sieve, rows, again = chosen(said, request.user)
    action, forms = _asked(said, rows)
    if sieve.by_representation and action.do in WAYS.values():
        messages.error(
            request, _("Nothing is decided about many by gender, social group or age. Take that filter away.")
        )
        return _back(request, again)
    ready = bulk.able(rows=rows, action=action, user=request.user).order_by("-submitted_at", "-pk")
    count = ready.count()
    if request.method == "POST" and "confirm" in said and count and all(form.is_valid() for form in forms):
        return _do(request, ready, count, action, again, now)
    sample = list(ready.select_related("drive", "unit")[:SAMPLE])
    context = {
        "nav": "applications",
        "form": next((form for form in forms if isinstance(form, MoveForm)), None),
        "ask_form": next((form for form in forms if isinstance(form, TagForm | GiveForm)), None),
        "action": action,
        "to": Status(action.to) if action.to else None,
        "count": count,
        "others": rows.count() - count,
        "in_background": count > bulk.AT_ONCE,
        "at_once": bulk.AT_ONCE,
        "sample": sample,
        "news": reviewing.told(application=sample[0], to=action.to) if sample and action.to else "",
        "minutes": reviewing.UNDO_FOR.seconds // 60,
        **again,
    }
    return TemplateResponse(request, "applications/move_many.html", context)


@require_POST
def undo(request):
    """Take the batch back; a large one in the background, its news held at once."""
    now, batch = timezone.now(), request.POST.get("batch", "")
    moves = reviewing.moves_of(batch=batch, by=request.user, since=now - reviewing.UNDO_FOR)
    if moves[: BACK_AT_ONCE + 1].count() > BACK_AT_ONCE:
        undoing.forget(request)
        return redirect("committees:job", bulk.ask_undo(batch=batch, by=request.user, now=now).key)
    return undoing.undo(request, fallback=reverse("applications:desk"))


@require_GET
def outcome(request, key):
    """What background work did: who was left and why, the way to try again, the way back."""
    inbox.gate(request)
    job = get_object_or_404(Job, key=key)
    if request.user.pk not in (job.asked_by_id, job.agreed_by_id) or not job.finished_at:
        raise Http404
    now, batch = timezone.now(), bulk.batch_of(job)
    moves = reviewing.moves_of(batch=batch, by=request.user, since=now - reviewing.UNDO_FOR)
    first = moves.order_by("at").first()
    left = list(bulk.why_left(job.outcome.get("left", [])))
    rows = Sieve("", user=request.user).rows.filter(ref__in=[ref for ref, _why in left])
    names = dict(rows.values_list("ref", "name"))
    context = {
        "nav": "applications",
        "job": job,
        "action": job.settings.get("action"),
        "query": job.settings.get("query", ""),
        "batch": batch if first else "",
        "until": first.at + reviewing.UNDO_FOR if first else None,
        "left": [(ref, names[ref], why) for ref, why in left if ref in names],
        "hidden": job.outcome.get("left_count", 0) - len(names),
    }
    return TemplateResponse(request, "applications/job_done.html", context)


def _do(request, ready, count, action, again, now):
    """Few at once, with the way back on the next page; many as a job."""
    if count > bulk.AT_ONCE:
        title = _told(count, action)
        asked = {"query": again["query"], "seen": inbox.moment(again["seen"]), "action": action, "title": title}
        return redirect("committees:job", bulk.ask(**asked, by=request.user, now=now).key)
    done = bulk.act(applications=ready, action=action, batch=reviewing.new_batch(), by=request.user, now=now)
    if action.do == "move":
        undoing.remember(request, done.batch, _told(len(done.moved), action), now)
    else:
        messages.success(request, _told(len(done.moved), action))
    if done.left:
        names = ", ".join(application.name for application in done.left[:10])
        told = _("Someone was quicker with: %(names)s. These were left as they are.")
        messages.warning(request, told % {"names": names})
    return _back(request, again)


def _look(said):
    """The address under which the same is looked at."""
    kept = QueryDict(mutable=True)
    for name in ASKED:
        kept.setlist(name, said.getlist(name))
    return f"{reverse('applications:desk-move')}?{kept.urlencode()}"


def _asked(said, rows):
    """What the button asked for, and the forms that have to be filled in for it."""
    asked, is_sent = said["to"], "confirm" in said
    if asked == "give":
        form = GiveForm(said if is_sent else None, drive=Drive.objects.filter(applications__in=rows).first())
        return Action("give", reader=form.cleaned_data["reader"] if is_sent and form.is_valid() else 0), [form]
    if asked in OTHERS:
        form = TagForm(said) if is_sent or said.get("tag") else TagForm()
        word = form.cleaned_data["tag"] if form.is_bound and form.is_valid() else ""
        return Action(asked, tag=word), [] if asked == "rub" else [form]
    form = MoveForm(said, may=may_move.OFFERED)
    if asked not in dict(form.fields["to"].choices):
        raise Http404
    way = WAYS.get(said.get("way", "now"), "move")
    if not is_sent:
        return Action(way, to=asked), [MoveForm(initial={"to": asked}, may=may_move.OFFERED)]
    why = {name: form.cleaned_data.get(name, "") for name in ("code", "reason")} if form.is_valid() else {}
    return Action(way, to=asked, **why), [form]


def chosen(said, user):
    """The ticked rows, or all that matched the view when the page was made; and how to say so again."""
    sieve = Sieve(said.get("query", ""), user=user)
    again = {"query": sieve.address, "refs": [], "seen": ""}
    if "everyone" not in said:
        refs = said.getlist("ref")[: bulk.AT_ONCE]
        return Sieve("", user=user), sieve.ground_rows.filter(ref__in=refs), again | {"refs": refs}
    seen = inbox.moment(said.get("seen", ""))
    return sieve, sieve.rows.filter(submitted_at__lte=seen), again | {"seen": seen.isoformat()}


def _back(request, again):
    return undoing.go_back(request, f"{reverse('applications:desk')}?{again['query']}")


def _told(count, action):
    shown = {"count": numbers.lakh(count)}
    if action.do == "tag":
        told = ngettext("%(count)s application: tag “%(tag)s”.", "%(count)s applications: tag “%(tag)s”.", count)
        return told % (shown | {"tag": action.tag})
    if action.do == "untag":
        told = ngettext("Tag “%(tag)s” off %(count)s application.", "Tag “%(tag)s” off %(count)s applications.", count)
        return told % (shown | {"tag": action.tag})
    if action.do == "give":
        told = ngettext("%(count)s application given to read.", "%(count)s applications given to read.", count)
        return told % shown
    if action.do == "rub":
        told = ngettext("%(count)s decision in pencil rubbed out.", "%(count)s decisions in pencil rubbed out.", count)
        return told % shown
    shown["status"] = Status(action.to).label
    if action.do == "pencil":
        told = ngettext(
            "%(count)s application in pencil: %(status)s.", "%(count)s applications in pencil: %(status)s.", count
        )
        return told % shown
    return ngettext("%(count)s application: %(status)s.", "%(count)s applications: %(status)s.", count) % shown
