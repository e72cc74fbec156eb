"""What must always be true of units, seats and those who sit in them."""

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from committees.domain import tree
from committees.levels import Exclusive, Level, Role
from committees.models import (
    Appointment,
    Ending,
    Nomination,
    Plan,
    Proposal,
    Relay,
    Seat,
    Thread,
    ThreadLine,
    Unit,
    UnitChange,
)
from committees.models.formation import OPEN, ProposalStatus, Purpose
from committees.models.seats import EndedHow
from portal.invariants import always
from portal.models.documents import DocumentKind

LEFT = [EndedHow.DECLINED, EndedHow.RESIGNED, EndedHow.RELIEVED, EndedHow.REMOVED]


@always("Level, ancestors and address of each unit agree with its parent.")
def units_at_a_wrong_place() -> QuerySet:
    return tree.wrong_units()


@always("No unit has a word of our own addresses.")
def units_with_a_reserved_word() -> QuerySet:
    return tree.reserved_slugs()


@always("Nothing open hangs below a unit that has ended.")
def units_below_an_ended_one() -> QuerySet:
    return Unit.objects.filter(valid_to=None, parent__valid_to__isnull=False)


@always("No two assemblies have one number at a time.")
def assemblies_of_one_number() -> QuerySet:
    assemblies = Unit.objects.filter(level=Level.ASSEMBLY, valid_to=None)
    return assemblies.filter(Exists(assemblies.filter(number=OuterRef("number"), pk__lt=OuterRef("pk"))))


@always("A change of a unit that was added tells nothing of before.")
def changes_before_the_beginning() -> QuerySet:
    return UnitChange.objects.filter(kind=UnitChange.Kind.ADDED).exclude(before={})


@always("A unit was added once.")
def units_added_twice() -> QuerySet:
    added = UnitChange.objects.filter(kind=UnitChange.Kind.ADDED)
    return added.filter(Exists(added.filter(unit=OuterRef("unit"), pk__lt=OuterRef("pk"))))


@always("A plan that was applied says what stood before; one that was not was not undone.")
def plans_that_cannot_be_undone() -> QuerySet:
    return Plan.objects.filter(Q(applied_at__isnull=False, undo={}) | Q(applied_at=None, undone_at__isnull=False))


@always("A plan that was dropped was not applied.")
def plans_dropped_and_applied() -> QuerySet:
    return Plan.objects.filter(applied_at__isnull=False, dropped_at__isnull=False)


@always("A chair stands in a unit of its post's level.")
def seats_of_another_level() -> QuerySet:
    return Seat.objects.exclude(unit__level=F("post__level"))


@always("A chair in a unit that ended is not sanctioned any more, unless somebody sits in it.")
def seats_open_in_an_ended_unit() -> QuerySet:
    ended = Seat.objects.filter(unit__valid_to__isnull=False, closed_on=None)
    return ended.filter(unit__changes__kind=UnitChange.Kind.MERGED, unit__changes__plan__undone_at=None)


@always("Nobody says yes before being appointed.")
def appointments_accepted_too_early() -> QuerySet:
    return Appointment.objects.filter(accepted_at__lt=F("since"))


@always("A term ends after it begins.")
def terms_over_before_they_begin() -> QuerySet:
    return Appointment.objects.filter(term_ends__lt=Cast("since", DateField()))


@always("Two people do not sit in one seat at one time.")
def appointments_that_overlap() -> QuerySet:
    other = Appointment.objects.filter(seat=OuterRef("seat"), pk__gt=OuterRef("pk"))
    meets = Q(until=None) | Q(until__gt=OuterRef("since"))
    open_ones = Exists(other.filter(meets))
    ended = Exists(other.filter(meets, since__lt=OuterRef("until")))
    return Appointment.objects.filter(Q(until=None) & open_ones | Q(until__isnull=False) & ended)


@always("Whoever holds a post that stands alone is counted so.")
def holders_counted_as_others() -> QuerySet:
    rows = Appointment.objects.filter(until=None)
    return rows.filter(
        Q(seat__post__exclusive=Exclusive.ALL) & ~Q(only_one="all")
        | Q(seat__post__exclusive=Exclusive.LEVEL) & ~Q(only_one=F("seat__post__level"))
        | Q(seat__post__exclusive=Exclusive.NO) & ~Q(only_one="")
    )


@always("Whoever was erased holds no post.")
def holders_who_were_erased() -> QuerySet:
    return Appointment.objects.filter(until=None, person__erased_at__isnull=False)


@always("Who still sits has no reason of an end.")
def ends_of_open_appointments() -> QuerySet:
    return Appointment.objects.filter(until=None).exclude(ended_how="", ended_because="")


@always("A letter is an appointment letter of who was appointed.")
def letters_of_others() -> QuerySet:
    own = Q(letter__person=F("person"), letter__kind=DocumentKind.LETTER)
    return Appointment.objects.filter(letter__isnull=False).exclude(own)


@always("The letter of who left is cancelled.")
def letters_of_those_who_left() -> QuerySet:
    return Appointment.objects.filter(ended_how__in=LEFT, letter__isnull=False, letter__revoked_at=None)


@always("What is lent is lent to a deputy, and no longer than who lends it sits.")
def lendings_too_wide() -> QuerySet:
    lent = Appointment.objects.filter(lent_by__isnull=False)
    return lent.filter(~Q(seat__post__role=Role.DEPUTY) | Q(term_ends__gt=F("lent_by__term_ends")))


@always("Nobody lends to themselves.")
def lendings_to_oneself() -> QuerySet:
    return Appointment.objects.filter(lent_by__person=F("person"))


@always("A proposal that was sent, approved or published has the time of it.")
def proposals_at_no_time() -> QuerySet:
    return Proposal.objects.filter(
        Q(status=ProposalStatus.SENT, sent_at=None)
        | Q(status=ProposalStatus.APPROVED, decided_at=None)
        | Q(status=ProposalStatus.PUBLISHED, published_at=None)
    )


@always("A proposal that needs a second person is approved by one.")
def proposals_approved_alone() -> QuerySet:
    done = [ProposalStatus.APPROVED, ProposalStatus.PUBLISHED]
    return Proposal.objects.filter(needs_second=True, status__in=done, decided_by=None)


@always("What is sent back has a reason.")
def proposals_sent_back_without_a_reason() -> QuerySet:
    with_words = Nomination.objects.filter(proposal=OuterRef("pk")).exclude(returned_because="")
    back = Proposal.objects.filter(status=ProposalStatus.RETURNED, returned_because="")
    return back.exclude(Exists(with_words))


@always("An open list of a committee names chairs of that committee.")
def nominations_for_other_units() -> QuerySet:
    lists = Nomination.objects.filter(proposal__purpose=Purpose.COMMITTEE, proposal__status__in=OPEN, appointment=None)
    return lists.exclude(seat__unit=F("proposal__unit"))


@always("A line of a list became the appointment of the one whom it names.")
def nominations_that_became_anothers() -> QuerySet:
    same = Q(appointment__person=F("person"), appointment__seat=F("seat"))
    return Nomination.objects.filter(appointment__isnull=False, person__isnull=False).exclude(same)


@always("A published list seats whom it names, unless they said no, were struck or are still asked.")
def nominations_published_and_forgotten() -> QuerySet:
    named = Nomination.objects.filter(proposal__status=ProposalStatus.PUBLISHED, person__isnull=False, says_yes=True)
    return named.filter(appointment=None, returned_because="")


@always("Whoever's leaving was agreed to does not sit any more.")
def leavers_who_still_sit() -> QuerySet:
    return Ending.objects.filter(agreed=True, appointment__until=None)


@always("A leaving that was decided says how.")
def leavings_without_an_answer() -> QuerySet:
    return Ending.objects.filter(Q(decided_at=None) ^ Q(agreed=None))


@always("Nobody is told of a message before a second person approved it.")
def relays_before_their_time() -> QuerySet:
    early = Q(told_at__lt=F("broadcast__approved_at"))
    return Relay.objects.filter(Q(broadcast__approved_at=None) | early)


@always("Who passed a message on, or replied to it, has read it.")
def messages_passed_on_unread() -> QuerySet:
    return Relay.objects.filter(Q(passed_on_at__isnull=False) | ~Q(reply=""), acknowledged_at=None)


@always("Who stands above somebody on the way of a message got the same message.")
def relays_below_another_message() -> QuerySet:
    return Relay.objects.filter(above__isnull=False).exclude(above__broadcast=F("broadcast"))


@always("A question to the state office begins with words of who asked.")
def questions_without_words() -> QuerySet:
    first = ThreadLine.objects.filter(thread=OuterRef("pk"), by=OuterRef("asked_by"), from_office=False)
    return Thread.objects.exclude(Exists(first.filter(made_at=OuterRef("asked_at"))))


@always("Nobody writes on in a question that is closed.")
def lines_after_the_end() -> QuerySet:
    return ThreadLine.objects.filter(made_at__gt=F("thread__closed_at"))
