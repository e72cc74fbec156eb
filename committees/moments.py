"""When people are told something about their posts and committees."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Reminder, Stage, declare, remind

MESSAGES = "committees.domain.forthcoming.messages"
declare(
    Moment("consent", _("Proposed for a post"), Stage.ORGANISE),
    Moment("appointed", _("Appointed to a post"), Stage.ORGANISE),
    Moment("appointed_reminder", _("Appointment not answered for two days"), Stage.ORGANISE),
    Moment("answer_late", _("Appointment not answered, to the level above"), Stage.ORGANISE),
    Moment("forming_reminder", _("Date of the committees is near"), Stage.ORGANISE),
    Moment("forming_late", _("Date of the committees is past"), Stage.ORGANISE),
    Moment("visit_tomorrow", _("Planned visit, the evening before"), Stage.ORGANISE),
    Moment("term_ending", _("Term ends in two weeks"), Stage.ORGANISE),
    Moment("term_ending_above", _("Terms end in two weeks, to the level above"), Stage.ORGANISE),
    Moment("proposal_approved", _("Proposal of a committee approved"), Stage.ORGANISE),
    Moment("proposal_returned", _("Proposal of a committee sent back"), Stage.ORGANISE),
    Moment("lent", _("Work given to somebody for a while"), Stage.ORGANISE),
    Moment("lending_ended", _("Work given for a while taken back"), Stage.ORGANISE),
    Moment("leaving_asked", _("Removal from a post proposed"), Stage.ORGANISE),
    Moment("leaving_dropped", _("Removal from a post not done"), Stage.ORGANISE),
    Moment("post_ended", _("Time on a post over"), Stage.ORGANISE),
    Moment("post_vacant", _("Post vacant below one's own"), Stage.ORGANISE),
    Moment("office_answered", _("The state office answered a question"), Stage.ORGANISE),
    Moment("message", _("Message down the tree"), Stage.MESSAGE, Urgency.MANY, planned=MESSAGES),
    Moment("message_now", _("Urgent message down the tree"), Stage.MESSAGE, Urgency.NOW, planned=MESSAGES),
    Moment("message_reminder", _("Message not read for six hours"), Stage.MESSAGE, Urgency.MANY),
    Moment("message_above", _("Others have not read a message for a day"), Stage.MESSAGE, Urgency.MANY),
    Moment("many_numbers", _("Very many mobile numbers read"), Stage.WATCH, Urgency.NOW),
)

MORNING, EVENING = time(9), time(18)  # nobody is reminded at night
THE_LEVEL_ABOVE = _("the level above")
TO_ANSWER, TO_FORM, A_TERM = _("Answer to an appointment"), _("Date to form the committees"), _("End of a term")
ANSWER = remind(
    Reminder(
        "appointed_reminder",
        deadline=TO_ANSWER,
        to=_("in-charge who has said nothing"),
        before=timedelta(days=-2),
        until=timedelta(days=-4),
        unheeded=THE_LEVEL_ABOVE,
        upcoming="committees.domain.forthcoming.answers",
    )
)
ANSWER_LATE = remind(
    Reminder(
        "answer_late",
        deadline=TO_ANSWER,
        to=THE_LEVEL_ABOVE,
        before=timedelta(days=-4),
        until=timedelta(days=-11),
        upcoming="committees.domain.forthcoming.answers",
    )
)
FORM = remind(
    Reminder(
        "forming_reminder",
        deadline=TO_FORM,
        to=_("in-charge"),
        before=timedelta(days=7),
        again=timedelta(days=2),
        at=MORNING,
        until=timedelta(days=-1),
        unheeded=THE_LEVEL_ABOVE,
        upcoming="committees.domain.forthcoming.formations",
    )
)
FORM_LATE = remind(
    Reminder(
        "forming_late",
        deadline=TO_FORM,
        to=_("in-charge and the level above"),
        before=timedelta(days=-1),
        at=MORNING,
        until=timedelta(days=-8),
        upcoming="committees.domain.forthcoming.formations",
    )
)
VISIT = remind(
    Reminder(
        "visit_tomorrow",
        deadline=_("Planned visit"),
        to=_("who goes"),
        before=timedelta(days=1),
        at=EVENING,
        until=timedelta(days=-1),
        upcoming="committees.domain.forthcoming.visits",
    )
)
TERM = remind(
    Reminder(
        "term_ending",
        deadline=A_TERM,
        to=_("who sits there"),
        before=timedelta(days=14),
        at=MORNING,
        until=timedelta(days=-1),
        unheeded=THE_LEVEL_ABOVE,
        upcoming="committees.domain.forthcoming.terms",
    )
)
TERM_ABOVE = remind(
    Reminder(
        "term_ending_above",
        deadline=A_TERM,
        to=THE_LEVEL_ABOVE,
        before=timedelta(days=14),
        at=MORNING,
        until=timedelta(days=-1),
    )
)

A_MESSAGE = _("Message to be read")  # the deadline is the moment at which somebody was told
UNREAD = remind(
    Reminder(
        "message_reminder",
        deadline=A_MESSAGE,
        to=_("who has not read it"),
        before=timedelta(hours=-6),
        until=timedelta(hours=-24),
        unheeded=_("the person above"),
        upcoming="committees.domain.forthcoming.unread",
    )
)
UNREAD_ABOVE = remind(
    Reminder(
        "message_above",
        deadline=A_MESSAGE,
        to=_("the person above"),
        before=timedelta(hours=-24),
        until=timedelta(hours=-72),
        upcoming="committees.domain.forthcoming.unread_above",
    )
)
