"""The administrator's own pages beside Django's: one search, and another's eyes."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts import viewing
from portal.front import acts, checklist, finding, looking, signs


def first_page(request):
    """What the first page shows above the list of tables."""
    now = timezone.now()
    return {
        "lists": checklist.lists(now),
        "signs": signs.of_life(now),
        "acts": acts.last(now),
    }


@require_safe
def find(request):
    asked = request.GET.get("q", "")
    context = {"title": _("Search"), "asked": asked, "found": finding.find(asked, user=request.user)}
    return TemplateResponse(request, "admin/find.html", admin.site.each_context(request) | context)


def look(request):
    asked = request.GET.get("q", "")
    form = looking.LookForm(request.POST or None, by=request.user)
    if form.is_valid():
        now = timezone.now()
        chosen = form.cleaned_data
        viewing.begin(
            session=request.session, as_user=chosen["user"], reason=chosen["reason"], by=request.user, now=now
        )
        return redirect("home")
    context = {"title": _("See as somebody else"), "asked": asked, "form": form, "holders": looking.holders(asked)}
    return TemplateResponse(request, "admin/look.html", admin.site.each_context(request) | context)


@require_POST
def look_end(request):
    viewing.end(session=request.session, by=request.user, now=timezone.now())
    messages.success(request, _("You see your own pages again."))
    return redirect("admin:index")
