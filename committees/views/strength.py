"""The sanctioned strength of a unit and of all below it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from committees import access
from committees.access import Right
from committees.domain import strength as sanctioning
from committees.forms.strength import StrengthForm
from committees.levels import ORDER, Level
from committees.models import Post, Sanction, Unit
from committees.sanctions import Sanctions


@require_GET
def strength(request, path):
    """The posts of this level and of those below: how many, at most how many, and who says so."""
    here, may_form = _unit_or_404(request, path)
    posts = list(Post.objects.filter(level__in=ORDER[Level(here.level).depth :], in_committee=True))
    known = Sanctions(posts)
    by_level = {level: [] for level in ORDER[Level(here.level).depth :]}
    for post in posts:
        by_level[post.level].append((post, known.of(here, post)))
    context = {
        "unit": here,
        "levels": [(level, rows, sum(row.seats for _post, row in rows)) for level, rows in by_level.items() if rows],
        "may_form": may_form,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/strength.html", context)


def change(request, path, code):
    """One post: another number for this unit and below, or back to what those above say."""
    here, may_form = _unit_or_404(request, path)
    levels = ORDER[Level(here.level).depth :]
    post = Post.objects.filter(code=code, level__in=levels, in_committee=True).first()
    if post is None or not may_form:
        raise Http404
    known = Sanctions([post])
    own, may_cap = known.at(here, post), access.may_by_own_post(request.user, Right.FORM, here.parent or here)
    start = {"seats": known.of(here, post).seats, "cap": own.most if own else None}
    form = StrengthForm(request.POST or None, initial=start, may_cap=may_cap)
    lifts = "lift" in request.POST
    if (lifts or form.is_valid()) and _changed(request, here, post, form, lifts=lifts):
        return redirect(f"{here.get_absolute_url()}strength/")
    others = Sanction.objects.filter(here.reach("unit"), post=post).exclude(unit=here)
    context = {
        "unit": here,
        "post": post,
        "form": form,
        "own": own,
        "now": known.of(here, post),
        "above": known.above(here, post),
        "others": others.select_related("unit").order_by("unit__path"),
        "places": Unit.objects.under(here).filter(level=post.level).count(),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/strength_post.html", context)


def _changed(request, unit, post, form, *, lifts):
    told = {"unit": unit, "post": post, "by": request.user, "now": timezone.now()}
    if lifts:
        outcome = sanctioning.lift(**told, keeps_cap="cap" not in form.fields)
    else:
        said = {"seats": form.cleaned_data["seats"], "cap": form.cleaned_data.get("cap")}
        try:
            outcome = sanctioning.sanction(**said, keeps_cap="cap" not in form.fields, **told)
        except sanctioning.OverCap as refused:
            form.add_error("seats", refused.words)
            return False
    if outcome.job:
        messages.success(request, _("Noted. The posts are put up in the background; see My jobs."))
    else:
        messages.success(request, _("Noted.") + " " + sanctioning.in_words(outcome.laid))
    return True


def _unit_or_404(request, path):
    """The unit, and may one change something there: who forms its committee by a post of their own, not lent."""
    here = Unit.objects.with_chain().select_related("parent").filter(path=path).first()
    may_form = here is not None and access.may_by_own_post(request.user, Right.FORM, here)
    if here is None or not (may_form or access.may(request.user, Right.AUDIT, here)):
        raise Http404
    return here, may_form
