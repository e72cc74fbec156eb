"""What each filter of the desk means for the rows. Conditions that stand beside each other in one WHERE."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from applications import wishes
from applications.models import Application, ReadingMark
from applications.querysets import IN_PENCIL, found_by
from applications.sieve.ground import CHAIN, Ground
from applications.states import Status

KEEPS = {"photo": ~Q(photo=None), "writing": ~Q(writing=""), "links": ~Q(links=[])}
HOW = {
    "own": Q(entered_by=None, batch=None),
    "assisted": Q(entered_by__isnull=False),
    "imported": Q(batch__isnull=False),
}
YOUNGEST, OLDEST = 18, 120
BANDS = {"25": (YOUNGEST, 25), "35": (26, 35), "45": (36, 45), "60": (46, 60), "99": (61, OLDEST)}
PENCIL = {"yes": IN_PENCIL, "no": ~IN_PENCIL}


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _tagged(name: str, ground: Ground) -> Q:
    bonds = Application.tags.through.objects.filter(tag__name=name)
    if ground.call:
        bonds = bonds.filter(tag__drive=ground.call.pk)
    return Q(pk__in=bonds.values("application"))


def _marked(score: str, ground: Ground) -> Q:
    """By the mean of the readers' marks, as far as this colleague may see them."""
    marks = ReadingMark.objects.seen_by(ground.user).order_by().values("reading__application")
    if score == "unread":
        return ~Q(pk__in=marks)
    means = marks.means()
    wanted = means.filter(mean__lt=3) if score == "2" else means.filter(mean__gte=int(score))
    return Q(pk__in=wanted.values("reading__application"))


def _born(band: str, year: int) -> Q:
    least, most = BANDS[band]
    return Q(birth_year__gte=year - most, birth_year__lte=year - least)


def band_of(birth_year: int, year: int) -> str:
    """The band in which somebody of this year of birth stands in that year; nothing for none of them."""
    return next((band for band, (least, most) in BANDS.items() if least <= year - birth_year <= most), "")


MEANINGS = {
    "q": lambda text, ground: found_by(text, Application._base_manager.all()),
    "drive": lambda slug, ground: Q(drive=ground.call.pk),
    "status": lambda status, ground: Q(status=status),
    "level": lambda level, ground: Q(serve_level=level),
    "wish": lambda code, ground: wishes.anywhere(code),
    "followers": lambda band, ground: Q(followers=band),
    "has": lambda kinds, ground: Q(*(KEEPS[kind] for kind in kinds)),
    "via": lambda via, ground: Q(link__via=via),
    "link": lambda code, ground: Q(link__code=code.upper()),
    "tag": _tagged,
    "since": lambda day, ground: Q(submitted_at__gte=_midnight(day)),
    "until": lambda day, ground: Q(submitted_at__lt=_midnight(day) + timedelta(days=1)),
    "how": lambda how, ground: HOW[how],
    "batch": lambda code, ground: Q(batch__code=code.upper()),
    "score": _marked,
    "reason": lambda code, ground: Q(reason_code=code, status=Status.NOT_SELECTED),
    "pencil": lambda pencil, ground: PENCIL.get(pencil) or IN_PENCIL & Q(pencilled=pencil),
    "gender": lambda gender, ground: Q(gender=gender),
    "group": lambda group, ground: Q(social_group=group),
    "age": lambda band, ground: _born(band, ground.call.closes_at.year),
    "below": lambda yes, ground: Q(considers_below=True),
    "lost": lambda yes, ground: ~Q(place_note="") & Q(placed_at=None),
}


def conditions(answers: dict, ground: Ground) -> dict[str, Q]:
    """Filter → its condition. The levels of the tree are one filter, by the name of the lowest."""
    found = {name: MEANINGS[name](value, ground) for name, value in answers.items() if value and name in MEANINGS}
    if ground.place is not None and any(answers.get(level) for level in CHAIN):
        found[ground.place.level] = ground.place.reach("unit")
    return found
