"""A poster as an answer: why it cannot be drawn, and its file, drawn once a day for the same words."""

import hashlib

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import posters

KEPT_FOR = 24 * 3600
TRIAL = 0.02  # of the full size: enough to learn whether the words fit
SHORTEN = {
    "title": gettext_lazy("title"),
    "subtitle": gettext_lazy("line under the title"),
    "unit_name": gettext_lazy("name of the unit"),
    "organisation": gettext_lazy("name of the organisation"),
    "footer": gettext_lazy("printer and publisher line"),
    "when": gettext_lazy("time of the event"),
    "where": gettext_lazy("place of the event"),
    "portrait_name": gettext_lazy("leader's name"),
    "portrait_post": gettext_lazy("leader's post"),
    "short_url_text": gettext_lazy("address of this site"),
    "short_url": gettext_lazy("address of this site"),
    "chain": gettext_lazy("names of the units above"),
}


def trouble(paint):
    """Why what ``paint`` paints cannot be drawn, in words that say what to shorten; else nothing."""
    try:
        paint()
    except posters.Unprintable as problem:
        told = _("The %(field)s has signs that cannot be printed: %(signs)s. Take them out.")
        return told % {"field": SHORTEN.get(problem.field, problem.field), "signs": problem.characters}
    except posters.TextTooLong as problem:
        return _("The %(field)s is too long for this size. Shorten it.") % {
            "field": SHORTEN.get(problem.field, problem.field)
        }
    return ""


def answer(request, drawn, *, why, draw, media, name):
    """The file that ``draw`` gives, kept by all that ``drawn`` names; 422 with what ``why`` says when it cannot be."""
    key = f"poster:{hashlib.sha256(repr(drawn).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        if told := why():
            return refused(told)
        content = draw()
        cache.set(key, content, KEPT_FOR)
    return in_file(request, content, media, name)


def refused(why):
    """No file, and the reason."""
    return HttpResponse(why, status=422, content_type="text/plain; charset=utf-8")


def in_file(request, content, kind, name):
    how = "attachment" if "download" in request.GET else "inline"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
