"""What the pages of a day share: the gate, and the ordinary mishaps in ordinary words."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from committees import access
from interviews.domain import (
    calling,
    cancelling,
    choosing,
    closing,
    conflicts,
    deciding,
    filling,
    freezing,
    lines,
    moving,
    offering,
    promoting,
    queueing,
    recording,
    replying,
    rotating,
    scheduling,
    wishing,
)
from interviews.models import Interview, InterviewDay
from portal import transitions

MISHAPS = {
    scheduling.SlotTaken: _("Someone else has this time meanwhile. Please choose another."),
    scheduling.HasInterview: _("This person has a time on this day already."),
    scheduling.NotShortlisted: _("This person is no longer on the interview list."),
    scheduling.Locked: _("This time is fixed. Let it go first, then change it."),
    scheduling.NotThen: _("This time lies outside the hours in which the person can come."),
    scheduling.ElsewhereThen: _("This person has another interview at this time."),
    scheduling.PanelAway: _("The panel is not there at this time."),
    filling.TooLate: _("There is nothing to take back: ten minutes are over, or everyone was moved or told."),
    rotating.NothingToRotate: _("There is no change of rooms to propose."),
    scheduling.DayClosed: _("The day is closed or cancelled. Nothing on it can be changed."),
    cancelling.HasBegun: _("Somebody has arrived already. Such a day is closed, not moved or cancelled."),
    cancelling.NeedsWords: _("Write in a few words why."),
    moving.Past: _("This date is over, or the day would have begun already."),
    queueing.RoomBusy: _("Somebody is still with a panel or waiting."),
    queueing.NobodyWaits: _("Nobody is waiting for this panel."),
    queueing.Paused: _("This panel pauses. End the pause first."),
    closing.NeedsReason: _("Write in a sentence why the day is opened again."),
    closing.SamePerson: _("A second person of the office must agree, not the one who asked."),
    lines.NoPanel: _("There is no panel that may see this person."),
    conflicts.ConflictStands: _("A conflict of interest stands in the way."),
    deciding.NotOver: _("The interview is not over yet, or nobody has handed in marks."),
    deciding.NeedsWords: _("This goes against the ranking or gives another reason: write why in a sentence."),
    deciding.Approved: _("One of these was approved already."),
    deciding.PostFull: _("The committee has fewer chairs of this post than people would be selected for it."),
    deciding.SamePerson: _("Another person than the one who proposed has to approve."),
    deciding.ScoredIt: _("Who gave marks cannot approve."),
    deciding.Frozen: _("The results of this day are frozen. Two people can open the day again."),
    promoting.NotWaiting: _("This person does not stand on the waiting list any more."),
    offering.Closed: _("This was answered meanwhile, or its time is over."),
    offering.NotLater: _("More time ends later than what was given so far."),
    freezing.StillOpen: _("Close the day first: it still takes sheets."),
    recording.NotFrozen: _("Freeze the results of each day of this drive first."),
    calling.Closed: _("The interview has begun or is over."),
    replying.BadHours: _("The second time comes after the first."),
    wishing.NeedsWord: _("Write a word why there is no other time."),
    choosing.NotNow: _("A time can no longer be chosen here. Ask the office for another one."),
    transitions.Stale: _("Someone was quicker. Please look again."),
    transitions.NotAllowed: _("That is not possible any more. Please look again."),
}


def day_or_404(request, date, drive, right):
    """The day with what its pages show, for someone with this right."""
    days = InterviewDay.objects.select_related("drive", "unit__district", "held_in")
    return access.get_or_404(days, user=request.user, right=right, date=date, drive__slug=drive)


def seen(day, user, right):
    """The interviews of the day's plan that this person reaches with this right; conflicts are not among them."""
    return access.narrow(Interview.objects.of_day(day).in_plan(), user=user, right=right, unit="day__unit")


def tell(request, problem):
    """The mishap as a message of the page."""
    messages.error(request, MISHAPS[type(problem)])


def number(text):
    """A key from a form, or 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0
