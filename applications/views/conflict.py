"""Two tabs, two people, one answer: both texts stand on the page, and the person chooses."""

from django.template.response import TemplateResponse

OFFICE = "applications/office_conflict.html"
NOT_TYPED = {"csrfmiddlewaretoken", "opened"}


def answer(request, *, saved, typed, opened, keep_url, context, page="applications/conflict.html"):
    """The page of a refused save: nothing was changed.

    ``saved`` and ``typed`` are cards (``summary.card``) of what stands there
    and of what was sent; ``opened`` is the fingerprint of what stands there,
    with which the typed text may be sent again; ``keep_url`` leaves it as it is.
    ``page`` shows them: the applicant's, or ``OFFICE``.
    """
    again = [(name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values]
    context |= {
        "saved": saved,
        "typed": typed,
        "opened": opened,
        "again": again,
        "keep_url": keep_url,
        "lost_file": bool(request.FILES),
    }
    return TemplateResponse(request, page, context, status=409)
