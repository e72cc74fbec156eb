"""What must hold of the tree at any time."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from committees.domain.tree.rows import RESERVED
from committees.levels import ANCESTORS, ORDER, Level
from committees.models import Unit


def wrong_units() -> QuerySet[Unit]:
    """Units whose level, ancestors or address disagree with their parent. There must be none."""
    wrong = Q(level=Level.STATE) & (~Q(path="") | Q(state=None) | ~Q(state=F("pk")))
    for level in ORDER:
        for ancestor in ANCESTORS:
            if Level(ancestor).depth < level.depth:
                wrong |= Q(level=level) & (Q(**{ancestor: None}) | ~Q(**{ancestor: F(f"parent__{ancestor}")}))
            elif ancestor == level:
                wrong |= Q(level=level) & (Q(**{ancestor: None}) | ~Q(**{ancestor: F("pk")}))
            else:
                wrong |= Q(level=level, **{f"{ancestor}__isnull": False})
        if level.above:
            wrong |= Q(level=level) & ~Q(parent__level=level.above)
    rest = Concat(F("parent__path"), Value("/"), F("slug"), output_field=CharField())
    wrong |= Q(level=Level.DISTRICT) & ~Q(path=F("slug"))
    wrong |= Q(level__in=ORDER[2:]) & ~Q(path=F("right_path"))
    return Unit.objects.annotate(right_path=rest).filter(wrong)


def reserved_slugs() -> QuerySet[Unit]:
    """Units whose word in the address is one of our own: their page could not be opened."""
    return Unit.objects.filter(slug__in=RESERVED)
