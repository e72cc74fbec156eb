"""What people said of a workshop, for those who plan and teach it."""

from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from training import opinions
from training.views.loading import taught


@require_safe
def opinions_of(request, slug):
    """Sums and lines without names."""
    one = taught(request, slug)
    context = {
        "nav": "training",
        "workshop": one,
        "came": one.enrolments.attended().count(),
        "opinions": opinions.of(one),
        "fewest": opinions.FEWEST,
    }
    return TemplateResponse(request, "training/opinions.html", context)
