"""A person's own learning, when signed in: what is next, certificates, what is lacking, materials."""

from django.template.response import TemplateResponse
from django.utils import timezone

from training import handouts, rule
from training.models import Enrolment


def mine(request):
    """The next workshop first; below it all others, each with its certificate or with what is still lacking."""
    now = timezone.now()
    own = Enrolment.objects.opened().filter(person=request.user.person_id)
    rows = list(rule.with_standing(own, now).order_by("-workshop__starts_at", "-pk"))
    materials = handouts.of_many(row.workshop for row in rows)
    for row in rows:
        row.standing, row.materials = rule.standing(row), materials.get(row.workshop_id, [])
    ahead = [row for row in rows if _is_ahead(row, now)]
    following = ahead[-1:]
    context = {
        "nav": "training",
        "following": following,
        "others": [row for row in rows if row not in following],
        "now": now,
    }
    return TemplateResponse(request, "training/mine.html", context)


def _is_ahead(row, now):
    return row.workshop.cancelled_at is None and row.workshop.ends_at > now and row.answer not in {"no", "other"}
