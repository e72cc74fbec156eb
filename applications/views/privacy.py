"""What is asked, why, how long it is kept and who sees it: now, and in each version somebody agreed to."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from applications import consent
from applications.domain import consenting
from applications.models import ConsentText
from applications.views import notices


@login_not_required
@require_safe
def privacy(request):
    """The notice as it is now, and how to use one's rights."""
    versions = ConsentText.objects.exclude(version=consent.DEMO).order_by("-since", "version", "language")
    former = versions.exclude(version=consent.version())
    context = {"versions": [(text, consent.NAMES[text.language]) for text in former]}
    context |= notices.context(request, representation=True)
    return TemplateResponse(request, "applications/privacy.html", context)


@login_not_required
@require_safe
def version(request, number):
    """One version as it was shown: in the language asked for, else in the page's own where there are words in it."""
    texts = {text.language: text for text in ConsentText.objects.filter(version=number)}
    if not texts and number not in {consent.version(), consent.IMPORT}:
        raise Http404
    own = texts.get(request.GET.get("notice")) or texts.get(get_language())
    known = None if own else consent.words(number, get_language())
    text = own or (None if known else next(iter(texts.values())))
    body = text.body if text else known
    told_in = text.language if text else get_language()
    context = {
        "version": number,
        "language": told_in,
        "direction": "rtl" if told_in in consent.FROM_THE_RIGHT else "ltr",
        "text": text,
        "rows": body["items"],
        "rights": body["rights"],
        "is_current": number == consenting.notice(told_in).version,
    }
    return TemplateResponse(request, "applications/privacy_version.html", context)
