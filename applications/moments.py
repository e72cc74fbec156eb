"""When people are told something about their application, and readers about what waits for them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Reminder, Stage, declare, remind

declare(
    Moment("open", _("Drive opens"), Stage.APPLY, Urgency.MANY),
    Moment("draft_48h", _("Draft, two days before the closing date"), Stage.APPLY),
    Moment("draft_3h", _("Draft, three hours before the closing date"), Stage.APPLY),
    Moment("drive_closing", _("Closing date of a drive is near, to in-charges"), Stage.APPLY),
    Moment("deadline_extended", _("Drive has more time"), Stage.APPLY, Urgency.MANY),
    Moment("receipt", _("Application received"), Stage.APPLY),
    Moment("import_notice", _("Application taken over from another form"), Stage.APPLY, Urgency.MANY),
    Moment("reading_given", _("Applications given for reading"), Stage.APPLY),
    Moment("reading_reminder", _("Applications not read for three days"), Stage.APPLY),
    Moment("result_selected", _("Result: selected"), Stage.DECIDE),
    Moment("result_selected_post", _("Result: selected, with the post"), Stage.DECIDE),
    Moment("result_waiting", _("Result: waiting list"), Stage.DECIDE),
    Moment("result_not_selected", _("Result: not selected"), Stage.DECIDE),
)

CLOSING = _("Closing date of a drive")
DRAFTS = [
    remind(
        Reminder(
            "draft_48h",
            deadline=CLOSING,
            to=_("who began and has not handed in"),
            before=timedelta(hours=48),
            until=timedelta(hours=6),
            upcoming="applications.domain.forthcoming.drafts",
        )
    ),
    remind(
        Reminder(
            "draft_3h",
            deadline=CLOSING,
            to=_("who began and has not handed in"),
            before=timedelta(hours=3),
            until=timedelta(minutes=20),
            upcoming="applications.domain.forthcoming.drafts",
        )
    ),
]
DRIVE_CLOSING = remind(
    Reminder(
        "drive_closing",
        deadline=CLOSING,
        to=_("in-charges of the units of the drive"),
        before=timedelta(days=3),
        until=timedelta(days=1),
        upcoming="applications.domain.forthcoming.closings",
    )
)
READING = remind(  # and every three days until they are read
    Reminder(
        "reading_reminder",
        deadline=_("Applications given for reading"),
        to=_("reader"),
        before=timedelta(days=-3),
        until=timedelta(days=-5),
    )
)
