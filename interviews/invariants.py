"""What must always be true of interview days, marks and decisions."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from applications.models import Criterion
from interviews.models import Conflict, Decision, Interview, InterviewDay, Offer, PanelMember, Score, ScoreSheet, Slot
from interviews.states import HERE, Status
from portal.invariants import always


@always("An application is heard on a day of its own drive.")
def interviews_of_other_drives() -> QuerySet:
    return Interview.objects.exclude(application__drive=F("day__drive"))


@always("The time of an interview is one of its day and panel.")
def interviews_at_a_time_elsewhere() -> QuerySet:
    elsewhere = Q(slot__isnull=False) & ~Q(slot__panel__day=F("day"))
    return Interview.objects.filter(elsewhere | Q(panel__isnull=False) & ~Q(panel__day=F("day")))


@always("Whoever is here has a token.")
def visitors_without_a_token() -> QuerySet:
    return Interview.objects.filter(status__in=HERE, token=None)


@always("No token is beyond the last one of the day.")
def tokens_beyond_the_last() -> QuerySet:
    return Interview.objects.filter(token__gt=F("day__last_token"))


@always("Whoever is here has arrived, whoever is in the room went in.")
def visitors_who_came_at_no_time() -> QuerySet:
    return Interview.objects.filter(
        Q(status__in=HERE, arrived_at=None) | Q(status__in=[Status.IN_ROOM, Status.DONE], entered_at=None)
    )


@always("Nobody comes out before going in.")
def interviews_over_before_they_begin() -> QuerySet:
    return Interview.objects.filter(left_at__lt=F("entered_at"))


@always("A call that was sent has its time.")
def calls_at_no_time() -> QuerySet:
    return Interview.objects.filter(called_version__gt=0, called_at=None)


@always("Two times of one panel do not overlap.")
def slots_that_overlap() -> QuerySet:
    other = Slot.objects.filter(panel=OuterRef("panel"), pk__gt=OuterRef("pk"))
    return Slot.objects.filter(
        Exists(other.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")))
    )


@always("Nobody sits on two panels at one time.")
def members_in_two_rooms() -> QuerySet:
    other = PanelMember.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"), panel__day__cancelled_at=None)
    meets = other.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
    return PanelMember.objects.filter(Exists(meets), panel__day__cancelled_at=None)


@always("A sheet that was handed in has a mark, or a reason for none, for each criterion.")
def sheets_handed_in_half() -> QuerySet:
    asked = Criterion.objects.filter(drive=OuterRef("interview__day__drive")).order_by().values("drive")
    wanted = Coalesce(Subquery(asked.annotate(n=Count("pk")).values("n")), 0)
    sheets = ScoreSheet.objects.filter(submitted_at__isnull=False)
    return sheets.annotate(wanted=wanted, given=Count("scores")).filter(given__lt=F("wanted"))


@always("A mark is given for a criterion of the drive.")
def marks_for_other_drives() -> QuerySet:
    return Score.objects.exclude(criterion__drive=F("sheet__interview__day__drive"))


@always("Nobody hands in marks with a conflict of interest.")
def sheets_with_a_conflict() -> QuerySet:
    conflicts = Conflict.objects.filter(application=OuterRef("interview__application"), person=OuterRef("panelist"))
    handed_in = ScoreSheet.objects.filter(submitted_at__isnull=False)
    return handed_in.filter(Exists(conflicts.filter(declared_at__lt=OuterRef("submitted_at"))))


@always("A corrected sheet is about the same interview and by the same panel member.")
def corrections_of_other_sheets() -> QuerySet:
    same = Q(replaces__interview=F("interview"), replaces__panelist=F("panelist"))
    return ScoreSheet.objects.filter(replaces__isnull=False).exclude(same)


@always("A sheet from paper that was handed in was checked by a second person.")
def paper_sheets_unchecked() -> QuerySet:
    return ScoreSheet.objects.filter(source="paper", submitted_at__isnull=False, version=1, checked_by=None)


@always("Decided is about whom was heard, or did not come.")
def decisions_about_the_unheard() -> QuerySet:
    return Decision.objects.exclude(interview__status__in=[Status.DONE, Status.NO_SHOW])


@always("A decision is approved after it was proposed.")
def decisions_approved_too_early() -> QuerySet:
    return Decision.objects.filter(approved_at__lt=F("proposed_at"))


@always("An offer was sent for an approved decision and is answered after that.")
def offers_without_a_decision() -> QuerySet:
    return Offer.objects.filter(Q(decision__approved_at=None) | Q(answered_at__lt=F("sent_at")))


@always("Results are frozen when the day is closed.")
def days_frozen_and_open() -> QuerySet:
    return InterviewDay.objects.filter(frozen_at__isnull=False, locked_at=None)
