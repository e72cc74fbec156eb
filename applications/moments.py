"""When people are told something about their application, and readers about what waits for them."""

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Stage, declare

declare(
    Moment("open", _("Drive opens"), Stage.APPLY, Urgency.MANY),
    Moment("draft_48h", _("Draft, two days before the closing date"), Stage.APPLY),
    Moment("draft_3h", _("Draft, three hours before the closing date"), Stage.APPLY),
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
