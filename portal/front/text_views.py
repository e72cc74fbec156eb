"""The words of notices (screen 19): a list by moment, an editor with a preview, a second person's yes."""

from functools import wraps

from django.contrib import admin, messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from portal import organisation, registered, spreadsheets, texts, wording
from portal.accounts import second_factor
from portal.front import texts as shown
from portal.front.text_forms import TextForm, bracketed
from portal.models import NoticeTemplate


def writes_words(view):
    """For the state office, and for administrators who gave their second factor."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if access.may_by_own_post(request.user, Right.ASSIGN):
            return view(request, *args, **kwargs)
        if not access.may(request.user, Right.ADMINISTER):
            raise Http404
        return view(request, *args, **kwargs) if second_factor.passed(request) else admin.site.login(request)

    return guarded


@writes_words
@require_safe
def every(request):
    """All of one language by moment, with how they stand; stages in which something waits or failed stand open."""
    asked = request.GET.get("language", "")
    language = asked if asked in shown.LANGUAGES else shown.LANGUAGES[0]
    stages = [
        (label, lines, any(line.wants_a_look for line in lines))
        for label, lines in shown.lines(timezone.now(), language).items()
    ]
    context = {
        "stages": stages,
        "shown": language,
        "unregistered": shown.unregistered(),
        "sees_calendar": access.may_by_own_post(request.user, Right.ASSIGN),
        "nav": "admin",
    }
    return TemplateResponse(request, "admin/texts.html", context)


@writes_words
@require_safe
def register(request):
    """All texts as the operators' register wants them, as a file."""
    stages = shown.lines(timezone.now(), *shown.LANGUAGES)
    rows = [_given(line) for lines in stages.values() for line in lines]
    titles = [_("template"), _("language"), _("When"), _("text"), _("Text for the register"), _("SMS parts"),
              _("values it may use"), _("DLT template id")]  # fmt: skip
    file = spreadsheets.comma_separated(rows, titles=titles, widths=[], mark=_("Words of notices, for registering"))
    name = 'attachment; filename="words.csv"'
    return StreamingHttpResponse(file, content_type=spreadsheets.CSV, headers={"Content-Disposition": name})


def _given(line):
    entry = line.entry
    return [entry.template, entry.language, str(line.moment.says), entry.text, entry.registered, str(entry.parts),
            bracketed(entry.longest), entry.dlt_id]  # fmt: skip


@writes_words
def one(request, template, language):
    """The editor. What is written waits for a second person; a value that is left out is asked about once more."""
    line = _line_or_404(template, language)
    form = TextForm(request.POST or None, template=template, initial=_written(line))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        missing = wording.values(line.words.text) - wording.values(form.words.text)
        if missing and "sure" not in request.POST:
            context = {"line": line, "form": form, "missing": bracketed(missing), "nav": "admin"}
            return TemplateResponse(request, "admin/text_breaking.html", context)
        return _keep(request, form, template, language)
    return TemplateResponse(request, "admin/text.html", _page(request, line, form))


@writes_words
@require_POST
def preview(request, template, language):
    """The phone and the meter alone, while somebody writes."""
    line = _line_or_404(template, language)
    form = TextForm(request.POST, template=template)
    form.is_valid()
    return TemplateResponse(request, "admin/_text_seen.html", _seen(line, form.words))


@writes_words
@require_POST
def act(request, template, language, verb):
    """Approve, drop or restore a version, turn the office's words off, or send a sample to oneself."""
    line = _line_or_404(template, language)
    told = {"by": request.user, "now": timezone.now()}
    try:
        said = _do(request, line, verb, told)
    except texts.SamePerson:
        messages.warning(request, _("Somebody else has to approve what you wrote."))
    except texts.NotAsRegistered:
        messages.error(request, _("The text is not the registered one: no operator would let it through."))
    except texts.NotWaiting:
        messages.info(request, _("Someone was quicker. Please look again."))
    except texts.TooOften:
        messages.warning(request, _("Ten samples an hour are enough. Try again later."))
    except (texts.StrayValues, texts.ForeignLink):
        messages.error(request, _("This version can no longer be sent; write it anew."))
    else:
        messages.success(request, said)
    return redirect("admin:text", template, language)


def _do(request, line, verb, told):
    """One verb; what to say when it is done."""
    which = {"template": line.moment.template, "language": line.language}
    rows = NoticeTemplate.objects.filter(**which).select_related("made_by")
    if verb == "off":
        texts.turn_off(**which, **told)
        return _("The product's own words are in force again.")
    key = request.POST.get("version", "")
    version = get_object_or_404(rows, pk=key) if key.isdecimal() else None
    if verb == "sample":
        texts.send_to_myself(**which, version=version, **told)
        return _("On its way to your own number.")
    if version is None or verb not in {"approve", "drop", "restore"}:
        raise Http404
    {"approve": texts.approve, "drop": texts.drop, "restore": texts.restore}[verb](row=version, **told)
    return {
        "approve": _("Approved. From now on everybody gets these words."),
        "drop": _("Dropped."),
        "restore": _("The old version waits for a second person."),
    }[verb]


def _keep(request, form, template, language):
    try:
        texts.write(template=template, language=language, words=form.words, by=request.user, now=timezone.now())
    except texts.NotWaiting:
        messages.info(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("Kept. It is in force when a second person approves it."))
    return redirect("admin:text", template, language)


def _line_or_404(template, language):
    line = shown.line_of(template, language, timezone.now())
    if line is None:
        raise Http404
    return line


def _written(line):
    """What the editor begins with: the version that waits, or what is in force."""
    if row := line.waits or line.own:
        return {name: getattr(row, name) for name in texts.COLUMNS}
    return {"subject": line.words.subject, "text": line.words.text}


def _page(request, line, form):
    """All that the editor shows."""
    begun = _written(line)
    words = form.words if form.is_bound else texts.Written(**begun)
    waits = line.waits
    return _seen(line, words) | {
        "form": form,
        "nav": "admin",
        "chips": bracketed(wording.carried(line.moment.template)).split(", "),
        "is_mine": bool(waits and waits.made_by and waits.made_by.person_id == request.user.person_id),
        "is_other": bool(waits and waits.registered and not registered.matches(waits.text, waits.registered)),
        "versions": shown.versions(line),
        "failures": shown.failures(line, timezone.now()),
        "address": reverse("admin:text", args=line.name),
        "for_register": line.entry.registered,
        "house": organisation.current(),
    }


def _seen(line, written):
    """The phone, the meter and the comparison with the register, for these words."""
    words = wording.Words(written.subject, written.text)
    try:
        seen = {"samples": shown.samples(words, line), "meter": shown.meter(words, line)}
    except wording.BadWords:
        seen = {"samples": [], "meter": None}
    given = written.registered
    same = bool(given) and registered.matches(written.text, given)
    longest = line.entry.longest
    return seen | {
        "line": line,
        "given": given,
        "same": same,
        "parts": registered.side_by_side(written.text, given) if given else [],
        "long": bracketed(registered.too_long(written.text, given, longest)) if same else "–",
    }
