"""Can this drive open? What must be ready, what had better be, and where each is mended."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import steps
from applications.models import Application, Drive
from committees.domain import tree
from committees.levels import Level, Role
from committees.models import Appointment, Unit
from portal import checks, dates, numbers, pulses, wording

MOST = 5  # drives whose list is shown at once
LANGUAGES = ("hi", "en")
BACKUP_AGE = timedelta(days=2)
TEXTS = ("title_hi", "purpose_hi", "signed_hi", "title_en", "purpose_en", "signed_en")
PLACES = ("interview_place_hi", "interview_place_en")
MUST_TEXTS = {"title_hi", "purpose_hi"}  # where the English one lacks, the Hindi one is shown


class Item(NamedTuple):
    """One line: what, why, how it stands (``ready``, ``missing``, ``better``), and where it is mended."""

    what: str
    why: str
    state: str
    told: str
    url: str = ""


class List(NamedTuple):
    """The list of one drive; it ``can_open`` when nothing that must be there is missing."""

    drive: Drive
    items: list[Item]

    @property
    def can_open(self) -> bool:
        return all(item.state != "missing" for item in self.items)

    @property
    def ready(self) -> int:
        return sum(item.state == "ready" for item in self.items)


def lists(now: datetime) -> list[List]:
    """One for each drive that is not yet open, the next to open first."""
    drives = Drive.objects.filter(opens_at__gt=now).select_related("unit").order_by("opens_at", "pk")
    rows = list(drives.prefetch_related("criteria__anchors", "prompts", "questions", "step_texts")[:MOST])
    if not rows:
        return []
    everywhere = [_notices(), _sms(), _trial(), _posters(), _backup(now)]
    return [List(row, [*_of_the_drive(row), *_of_the_tree(row.unit, now), *everywhere]) for row in rows]


def _state(*, is_there: bool, must: bool) -> str:
    if is_there:
        return "ready"
    return "missing" if must else "better"


def _admin(name: str, *arguments: object) -> str:
    return reverse(f"admin:{name}", args=arguments)


# --- the drive ------------------------------------------------------------------------------


def _of_the_drive(drive: Drive) -> list[Item]:
    page = _admin("applications_drive_change", drive.pk)
    return [_texts(drive, page), _form(drive, page), *([_criteria(drive, page)] if drive.interviews else [])]


def _texts(drive: Drive, page: str) -> Item:
    wanted = [*TEXTS, *(PLACES if drive.interviews and drive.interview_on else ())]
    lacking = [name for name in wanted if not getattr(drive, name)]
    return Item(
        _("Texts in Hindi and English"),
        _("People read these first; what is missing in English is shown in Hindi."),
        _state(is_there=not lacking, must=bool(MUST_TEXTS & set(lacking))),
        _missing(str(Drive._meta.get_field(name).verbose_name) for name in lacking) if lacking else _("all there"),
        page,
    )


def _missing(names) -> str:
    return _("missing: %(what)s") % {"what": ", ".join(names)}


def _form(drive: Drive, page: str) -> Item:
    asked = steps.steps_of(drive)
    writes = "writing" in asked
    bare = [prompt.order for prompt in drive.prompts.all() if not prompt.text_en]
    told = _("%(steps)d steps, %(questions)d questions of its own, %(prompts)d subjects to write on") % {
        "steps": len(asked),
        "questions": len(drive.questions.all()),
        "prompts": len(drive.prompts.all()),
    }
    is_there = bool(drive.prompts.all()) or not writes
    return Item(
        _("Steps of the form"),
        _("Who chooses a subject to write on needs at least one."),
        _state(is_there=is_there and not bare, must=not is_there),
        f"{told}; {_('subjects without English: %(count)d') % {'count': len(bare)}}" if bare else told,
        page,
    )


def _criteria(drive: Drive, page: str) -> Item:
    criteria = list(drive.criteria.all())
    weight = sum(criterion.weight for criterion in criteria)
    bare = [one.name for one in criteria if not one.anchors.all()]
    told = _("%(count)d criteria, weights %(weights)s") % {
        "count": len(criteria),
        "weights": " + ".join(str(criterion.weight) for criterion in criteria) or "0",
    }
    lock = _("fixed") if drive.rubric_locked_at else _("can still be changed")
    words = f"{told} · {lock}"
    return Item(
        _("Criteria and weights"),
        _("The panels mark by these; they are fixed at the first score."),
        _state(is_there=weight > 0 and not bare, must=not weight),
        f"{words} · {_('without anchors: %(what)s') % {'what': ', '.join(bare)}}" if bare else words,
        page,
    )


# --- the tree ---------------------------------------------------------------------------------


def _of_the_tree(unit: Unit, now: datetime) -> list[Item]:
    return [_units(unit), _incharges(unit, now)]


def _units(unit: Unit) -> Item:
    below = dict(Unit.objects.under(unit).order_by().values_list("level").annotate(Count("pk")))
    counted = [f"{level.label} {numbers.lakh(below[level])}" for level in Level if below.get(level)]
    wrong = tree.wrong_units().filter(pk__in=Unit.objects.under(unit).values("pk")).count()
    needed = unit.level == Level.BOOTH or Level(unit.level).below in below
    return Item(
        _("Units imported"),
        _("Applicants choose their place among these."),
        _state(is_there=needed and not wrong, must=True),
        " · ".join([*counted, _("without a right parent: %(count)d") % {"count": wrong}]),
        _admin("committees_unit_load"),
    )


def _incharges(unit: Unit, now: datetime) -> Item:
    districts = Unit.objects.under(unit).filter(level=Level.DISTRICT)
    held = Appointment.objects.current(now).with_role(Role.INCHARGE).filter(seat__unit__level=Level.DISTRICT)
    found = districts.aggregate(
        all=Count("pk", distinct=True), led=Count("pk", filter=Q(pk__in=held.values("seat__unit")), distinct=True)
    )
    return Item(
        _("District in-charges"),
        _("Each district needs somebody who sees its applications."),
        _state(is_there=found["led"] == found["all"], must=False),
        f"{found['led']} / {found['all']}",
        _admin("committees_appointment_changelist"),
    )


# --- the installation -----------------------------------------------------------------------------


def _notices() -> Item:
    known = wording.catalogue()
    templates = {template for template, _language in known}
    own = {which for which, words in wording.of_the_office().items() if words.dlt_id}
    wordless = sorted({one for one in templates for language in LANGUAGES if (one, language) not in known})
    unregistered = sum((one, language) not in own for one in templates for language in LANGUAGES)
    told = _("%(count)d notices in Hindi and English; without a DLT number: %(lacking)d") % {
        "count": len(templates),
        "lacking": unregistered,
    }
    return Item(
        _("Words of the notices"),
        _("Operators in India let through only words with a DLT number."),
        _state(is_there=not wordless and not unregistered, must=bool(wordless) or not settings.DEMO),
        f"{told}; {_missing(wordless)}" if wordless else told,
        _admin("texts"),
    )


def _sms() -> Item:
    sends = settings.CHANNELS["sms"] not in checks.PRETENDING and not checks.channels()
    return Item(
        _("Sign-in by SMS"),
        _("Without it nobody gets a code, and no notice leaves."),
        _state(is_there=sends, must=not settings.DEMO),
        _("set up") if sends else _("only written down, nothing is sent (SMS_BACKEND)"),
    )


def _trial() -> Item:
    made = Application.objects.count()
    return Item(
        _("A trial application"),
        _("Somebody should have filled in the whole form on a phone, in a drive of their own for trial."),
        _state(is_there=bool(made), must=False),
        _("applications so far: %(count)s") % {"count": numbers.lakh(made)},
        _admin("applications_application_changelist"),
    )


def _posters() -> Item:
    faults = checks.shaping()
    return Item(
        _("Letters of the posters"),
        _("Without RAQM, Hindi on posters would be misspelt."),
        _state(is_there=not faults, must=True),
        faults[0].hint if faults else _("RAQM is there"),
    )


def _backup(now: datetime) -> Item:
    seen = pulses.last().get(pulses.BACKUP)
    return Item(
        _("Backup"),
        _("What is lost on the day the drive closes does not come back."),
        _state(is_there=bool(seen) and now - seen.at < BACKUP_AGE, must=False),
        f"{dates.ago(seen.at, now)} {seen.note}"
        if seen
        else _("none seen; its script ends with: manage.py pulse backup"),
    )
