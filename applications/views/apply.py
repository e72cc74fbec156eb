"""The steps of the form: load what the device holds, check, save, go on."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from applications import steps
from applications.domain import drafting
from applications.forms import FORMS
from applications.steps import CHECK, STEPS
from applications.summary import card, cards
from applications.views import conflict, keeping
from applications.views.picking import picker
from applications.views.public import share
from applications.views.walking import Walk
from portal import robots, throttle
from portal.robots import Seen
from portal.views import too_many

HOUR = 3600
DRAFTS_BY_BROWSER, DRAFTS_OF_PHONE = 30, 10  # in an hour
LONGEST_WAIT = 600


@login_not_required
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request, slug, step):
    """One step of the form. What is valid is saved, also when the drive has closed meanwhile."""
    return one_step(request, Walk(request, keeping.in_full(slug=slug)), step)


def one_step(request, walk, step):
    """One step on this way."""
    if step not in steps.steps_of(walk.drive):
        raise Http404
    if walk.draft and walk.draft.submitted_as:
        if not (step == STEPS[0] and "new" in request.GET):
            return redirect(walk.receipt_url(walk.draft.submitted_as))
        walk.draft = None
    form = step_form(request, walk, step)
    seen = robots.look_at(request.POST)
    if seen is Seen.PROGRAM:
        return redirect(walk.address(steps.after(step, walk.drive)))
    if request.method == "POST" and form.is_valid() and seen is Seen.PERSON:
        try:
            _count(request, walk, form)
        except throttle.TooMany as reached:
            return too_many(request, wait=min(reached.wait, LONGEST_WAIT))
        return _save(request, walk, step, form)
    if not walk.is_taken:
        return closed(request, walk)
    if walk.draft is None and step != STEPS[0] and request.method != "POST":
        return redirect(walk.address(STEPS[0]))
    return _page(request, walk, step, form)


def closed(request, walk):
    """The drive takes nothing now; what was written stands there to be read and printed."""
    drive, draft = walk.drive, walk.draft
    if walk.now < drive.opens_at or draft is None:
        return redirect(walk.start_url)
    written = cards(draft.answers, drive=drive, has_photo=bool(draft.photo_id))
    context = {"drive": drive, "now": walk.now, "draft": draft, "cards": written, **share(drive, None)}
    return TemplateResponse(request, "applications/too_late.html", context)


def step_form(request, walk, step):
    saved = walk.draft.answers.get(step) if walk.draft else None
    form_class = FORMS[step]
    return form_class(
        request.POST or None,
        request.FILES or None,
        initial=form_class.shown(saved) if saved else None,
        drive=walk.drive,
        now=walk.now,
        **walk.form_details(step),
    )


def _count(request, walk, form):
    """Drafts begun by one browser and for one number: more than a family, less than a script."""
    if walk.draft is None and not walk.by:
        if browser := request.META.get("CSRF_COOKIE"):
            throttle.hit("drafts-by", browser, limit=DRAFTS_BY_BROWSER, seconds=HOUR)
        if phone := form.cleaned_data.get("phone"):
            throttle.hit("drafts-of", phone, limit=DRAFTS_OF_PHONE, seconds=HOUR)


def _save(request, walk, step, form):
    if form.too_young:
        return _too_young(request, walk)
    answers, opened = form.answers(), request.POST.get("opened")
    try:
        draft = walk.draft or walk.begin()
        drafting.save_step(draft=draft, step=step, answers=answers, files=form.files_given, opened=opened, now=walk.now)
        if step == "photo" and form.picture_changes:
            drafting.attach_photo(draft=draft, picture=form.cleaned_data["photo"], now=walk.now)
    except drafting.Closed:
        return redirect(walk.start_url)
    except drafting.AlreadySubmitted:
        return redirect(walk.address(CHECK))
    except drafting.Changed as elsewhere:
        return _changed(request, walk, step, elsewhere.saved, answers)
    response = redirect(_onward(request, walk, step)) if walk.is_taken else closed(request, walk)
    walk.remember(response)
    return response


def _changed(request, walk, step, saved, answers):
    """Saved in another tab meanwhile: both are shown."""
    has_photo = bool(walk.draft.photo_id)
    return conflict.answer(
        request,
        saved=card(step, saved, drive=walk.drive, has_photo=has_photo),
        typed=card(step, answers, drive=walk.drive, has_photo=has_photo),
        opened=steps.fingerprint(saved),
        keep_url=_onward(request, walk, step),
        context={"drive": walk.drive},
    )


def _onward(request, walk, step):
    """Back to the check page when the visitor came from there; to the name when the device had lost it."""
    if "name" not in walk.draft.answers:
        return walk.address("name")
    return walk.address(CHECK if request.GET.get("to") == CHECK else steps.after(step, walk.drive))


def _too_young(request, walk):
    """Refused, and nothing of the person stays."""
    response = TemplateResponse(request, "applications/too_young.html", {"drive": walk.drive})
    if walk.draft:
        drafting.forget(draft=walk.draft, now=walk.now)
        walk.let_go(response)
    return response


def _back(request, walk, step):
    if request.GET.get("to") == CHECK:
        return walk.address(CHECK)
    back = steps.before(step, walk.drive)
    return walk.address(back) if back else walk.start_url


def _page(request, walk, step, form):
    drive, draft = walk.drive, walk.draft
    of_drive = steps.steps_of(drive)
    saved = draft.answers.get(step) if draft else None
    context = keeping.own_words(walk, saved) | {
        "drive": drive,
        "form": form,
        "step": step,
        "number": of_drive.index(step) + 1,
        "count": len(of_drive),
        "back_url": _back(request, walk, step),
        "keep": "" if walk.by else f"{drive.slug}:{step}",
        "late": walk.now >= drive.closes_at,
        "assisted": walk.by,
        "quick": request.method == "POST" and not form.errors,
    }
    context |= {word: request.POST[word] for word in ("page", "opened") if word in request.POST}  # as it was begun
    chosen = saved.get("unit") if saved else None

    def places():
        return picker(request, drive=drive, near=walk.picking(), chosen=chosen, now=walk.now) if step == "area" else {}

    if page := keeping.step(request, walk, step, form, context, places):
        return page
    status = 422 if form.errors else 200
    return TemplateResponse(request, keeping.template(step), context | places(), status=status)
