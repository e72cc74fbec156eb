"""One link's poster: designed, looked at, downloaded, sent."""

from dataclasses import replace
from zlib import crc32

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from applications import posters
from applications.brought import brought
from applications.domain import linking, printing
from applications.forms.links import SIZES, DesignForm, PortraitForm
from applications.poster_words import Design, message, words
from applications.posters import Size, Template, layouts
from applications.querysets import REF_SIGNS
from applications.views import device, drawing, links
from portal import codes, qr

PREVIEW = 540  # pixels wide
PORTRAIT = "portrait"  # in the session: the word by which the photo is found


@never_cache
@require_GET
def poster(request, code):
    """The design and its preview, the files, the words to send along, what the link brought."""
    link = links.one(request, code)
    form = DesignForm(request.GET)
    design, now = form.design(), timezone.now()
    poster_words = _words(request, link, design)
    mark = f"{crc32(poster_words.portrait):x}" if poster_words.portrait else ""
    text, asked = message(link, design), urlencode(_asked(request.GET) | ({"of": mark} if mark else {}))
    context = {
        "nav": "posters",
        "link": link,
        "url": linking.url(link),
        "form": form,
        "design": design,
        "extra": form.of_template(design.template),
        "size": form.size_chosen(),
        "portrait_form": PortraitForm() if design.template == Template.PHOTO else None,
        "portrait_mark": mark,  # in the picture's address: browsers keep it, and the photo is another one
        "asked": asked,
        "trouble": trouble(poster_words, form.size_chosen(), design.language),
        "sizes": [_size_row(size, label, poster_words, design) for size, label in SIZES],
        "words": text,
        "whatsapp": f"https://wa.me/?{urlencode({'text': text})}",
        "result": brought([link], now=now)[link.pk],
        "now": now,
    }
    return TemplateResponse(request, "applications/poster.html", context)


@cache_control(private=True, max_age=300)
@require_safe
def preview(request, code):
    """The chosen size, small: it breaks its lines as the large one does."""
    link = links.one(request, code)
    form = DesignForm(request.GET)
    design, size = form.design(), form.size_chosen()
    scale = min(1, PREVIEW / layouts.paper(size)[0])
    return _picture(request, _words(request, link, design), design, size, scale=scale)


@cache_control(private=True, max_age=300)
@require_safe
def poster_file(request, code, size):
    link, design = links.one(request, code), DesignForm(request.GET).design()
    return _picture(request, _words(request, link, design), design, _size(size))


@cache_control(private=True, max_age=300)
@require_safe
def poster_pdf(request, code, size):
    """For the printer: true to size."""
    if _size(size) not in layouts.PRINTED:
        raise Http404
    link, design = links.one(request, code), DesignForm(request.GET).design()
    return _picture(request, _words(request, link, design), design, Size(size), kind="pdf")


@cache_control(private=True, max_age=300)
@require_safe
def qr_file(request, code, kind):
    link = links.one(request, code)
    if kind not in ("svg", "png"):
        raise Http404
    if kind == "svg":
        return drawing.in_file(request, qr.svg(linking.url(link)).encode(), "image/svg+xml", f"qr-{link.code}.svg")
    return drawing.in_file(request, qr.png(linking.url(link), box=20), "image/png", f"qr-{link.code}.png")


@require_POST
def photo(request, code):
    """Take a leader's photo for an hour, and the words that were typed beside it."""
    link = links.one(request, code)
    form = PortraitForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, form.errors["photo"][0])
    elif form.cleaned_data["photo"]:
        request.session[PORTRAIT] = printing.keep_photo(form.cleaned_data["photo"].image)
    return redirect(f"{reverse('applications:poster', args=[link.code])}?{urlencode(_asked(request.POST))}")


@require_POST
def all_sizes(request, code):
    """Every size and the bare code in one zip, in the background."""
    link = links.one(request, code)
    form = DesignForm(request.GET)
    design = form.design()
    token = request.session.get(PORTRAIT, "") if _portrait(request, design) else ""
    job = printing.ask(
        kind=printing.SIZES, title=_("All sizes of the poster %(code)s") % {"code": link.code}, links=[link],
        sizes=[size.value for size in Size], design=design, token=token, by=request.user, now=timezone.now(),
    )  # fmt: skip
    return redirect("committees:job", job.key)


@login_not_required
@never_cache
@require_safe
def own_poster(request, ref):
    """The applicant's own square, on the device that proved itself and once they asked for their own link."""
    try:
        application = device.application_of(request, codes.read(ref, REF_SIGNS))
    except codes.BadCode:
        raise Http404 from None
    link = getattr(application, "own_link", None)
    if link is None:
        raise Http404
    design = Design(language=application.language)
    poster_words = words(link, design, now=timezone.now())
    if trouble(poster_words, Size.SQUARE, design.language):  # the title alone, when both do not fit
        poster_words = replace(poster_words, subtitle="")
    return _picture(request, poster_words, design, Size.SQUARE)


def trouble(poster_words, size, language):
    """Why this poster cannot be drawn in this size, in words that say what to shorten; else nothing."""
    return drawing.trouble(lambda: posters.paint(poster_words, size, language=language, scale=drawing.TRIAL))


def _size_row(size, label, poster_words, design):
    width, height = layouts.paper(size)
    return {
        "size": size.value,
        "label": label,
        "pixels": f"{width} × {height}",
        "has_pdf": size in layouts.PRINTED,
        "trouble": trouble(poster_words, size, design.language),
    }


def _words(request, link, design):
    return words(link, design, now=timezone.now(), portrait=_portrait(request, design))


def _picture(request, poster_words, design, size, *, kind="png", scale=1):
    code = poster_words.url.rpartition("/")[2]
    return drawing.answer(
        request,
        (size.value, design.language, scale, kind, poster_words),
        why=lambda: trouble(poster_words, size, design.language),
        draw=lambda: posters.draw(poster_words, size, language=design.language, scale=scale, kind=kind),
        media="application/pdf" if kind == "pdf" else "image/png",
        name=f"poster-{code}-{size.value}.{kind}",
    )


def _portrait(request, design):
    return printing.photo(request.session.get(PORTRAIT, "")) if design.template == Template.PHOTO else b""


def _size(name):
    try:
        return Size(name)
    except ValueError:
        raise Http404 from None


def _asked(data):
    """The parts of the address that design the poster."""
    return {name: data[name] for name in DesignForm.base_fields if data.get(name)}
