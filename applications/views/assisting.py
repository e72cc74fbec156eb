"""Offline applications: a colleague writes down what somebody beside them says."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import steps
from applications.domain import assisting, submitting
from applications.forms.assisting import SpokenForm, TheirCodeForm
from applications.models import Draft, Drive
from applications.views import holding, notices
from applications.views.apply import closed, one_step
from applications.views.check import last_look
from applications.views.walking import Walk
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS
from portal import codes, throttle
from portal.accounts import phone_codes
from portal.views import too_many

CODE = "assisting-code"
any_method = require_http_methods(["GET", "HEAD", "POST"])


class AssistedWalk(Walk):
    """A colleague's way, held by their session; they reach only people of their own units."""

    step_page, check_page = "applications:assist-step", "applications:assist-check"

    def __init__(self, request, drive):
        self.by = request.user
        self.tops = access.tops(request.user, Right.REVIEW)
        super().__init__(request, drive)

    def held(self):
        rows = Draft.objects.filter(key__in=holding.keys(self.request), drive=self.drive, entered_by=self.by)
        found = rows.unfinished().order_by("-begun_at").first()
        if found:
            found.drive = self.drive
        return found

    @property
    def start_url(self):
        return reverse("applications:assist")

    def begin(self):
        return self._begun(link=None, first_link=None)

    def remember(self, response):
        holding.hold(self.request, self.draft.key)

    def let_go(self, response):
        holding.let_go(self.request, self.draft.key)

    def receipt_url(self, application):
        return reverse("applications:assist")

    def picking(self):
        return self.tops[0] if len(self.tops) == 1 else None

    def form_details(self, step):
        return {"tops": self.tops} if step == "area" else super().form_details(step)

    self_url = ""


@never_cache
def assist(request):
    """For which drive? Those that are open now and touch this colleague's units."""
    tops = access.tops(request.user, Right.REVIEW)
    if not tops:
        raise Http404
    now = timezone.now()
    drives = _drives(tops).open(now).select_related("unit").order_by("closes_at")
    begun = Draft.objects.unfinished().filter(key__in=holding.keys(request), entered_by=request.user)
    context = {"nav": "applications", "drives": drives, "begun": begun.select_related("drive").order_by("-begun_at")}
    return TemplateResponse(request, "applications/assist.html", context)


@never_cache
@any_method
def step(request, slug, step):
    return one_step(request, _walk(request, slug), step)


@never_cache
@any_method
def check(request, slug):
    """The last look together; the code goes to the person's phone, and with it the application goes in."""
    walk = _walk(request, slug)
    if walk.draft is None:
        return redirect(walk.address(steps.STEPS[0]))
    if not walk.is_taken:
        return closed(request, walk)
    secret = request.session.get(CODE, {}).get(str(walk.draft.pk), "")
    if request.method != "POST":
        return _page(request, walk, SpokenForm(), secret)
    if not notices.is_as_read(request, notices.chosen(request)):
        return _page(request, walk, SpokenForm(), "", is_reworded=True)
    try:
        return _handed_in(request, walk, secret) if "code" in request.POST else _asked(request, walk)
    except throttle.TooMany as reached:
        return too_many(request, wait=min(reached.wait, 600))
    except submitting.Closed:
        return closed(request, walk)
    except submitting.Incomplete as lacking:
        return _page(request, walk, SpokenForm(), secret, lacking.steps)


def _drives(tops):
    """The drives at, above and below these units; none without a unit."""
    near = [top.reach("unit") for top in tops]
    above = {getattr(top, f"{level}_id") for top in tops for level in ANCESTORS} - {None}
    return Drive.objects.filter(reduce(or_, near, Q(unit__in=above)))


def _walk(request, slug):
    tops = access.tops(request.user, Right.REVIEW)
    drive = get_object_or_404(_drives(tops).select_related("unit"), slug=slug)
    return AssistedWalk(request, drive)


def _asked(request, walk):
    form = SpokenForm(request.POST)
    if not form.is_valid():
        return _page(request, walk, form, "")
    try:
        secret = assisting.ask(draft=walk.draft, by=request.user, now=walk.now)
    except (assisting.OwnNumber, assisting.OutOfReach) as refused:
        form.add_error(None, REFUSED[type(refused)])
        return _page(request, walk, form, "")
    request.session[CODE] = {str(walk.draft.pk): secret}
    return redirect(f"{walk.address(steps.CHECK)}{notices.query(request)}")


def _handed_in(request, walk, secret):
    form, notice = TheirCodeForm(request.POST), notices.chosen(request)
    if not form.is_valid():
        return _page(request, walk, form, secret)
    try:
        application = assisting.submit(
            draft=walk.draft,
            secret=secret,
            code=form.cleaned_data["code"],
            consent_version=notice.version,
            read_in=notice.language,
            wants_messages=form.cleaned_data["wants_messages"],
            by=request.user,
            now=walk.now,
        )
    except (assisting.OwnNumber, assisting.OutOfReach) as refused:
        form.add_error(None, REFUSED[type(refused)])
    except assisting.WrongCode:
        form.add_error("code", _("This code does not fit. See the newest SMS, or ask for another code."))
    except submitting.AlreadyApplied as already:
        told = _("This number has applied already: %(ref)s. If it is a family's number, say so on the first step.")
        form.add_error(None, told % {"ref": codes.pretty(already.application.ref)})
    else:
        holding.let_go(request, walk.draft.key)
        told = _("Submitted: %(name)s, %(ref)s. The receipt is on its way to their phone.")
        messages.success(request, told % {"name": application.name, "ref": codes.pretty(application.ref)})
        return redirect("applications:assist")
    return _page(request, walk, form, secret)


REFUSED = {
    assisting.OwnNumber: gettext_lazy(
        "This is your own number. Write the person's own number: the code and the result go there."
    ),
    assisting.OutOfReach: gettext_lazy("This place is outside your area. Only people of your own area can be entered."),
}


def _page(request, walk, form, secret, missing=(), *, is_reworded=False):
    if secret and not isinstance(form, TheirCodeForm):
        form = TheirCodeForm(initial={"consent": True})
    context = last_look(request, walk, form, list(missing)) | {
        "assisted": request.user,
        "is_reworded": is_reworded,
        "sent_to": walk.draft.phone if secret else "",
        "demo_code": phone_codes.shown_in_demo(f"{secret}:{walk.draft.pk}") if secret else "",
    }
    status = 409 if is_reworded else 422 if form.errors or missing else 200
    return TemplateResponse(request, "applications/assist_check.html", context, status=status)
