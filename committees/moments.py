"""When people are told something about their posts and committees."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Stage, declare

REMIND_AFTER = timedelta(hours=6)  # of silence after a message
ABOVE_AFTER = timedelta(hours=24)  # then the person above is told

declare(
    Moment("consent", _("Proposed for a post"), Stage.ORGANISE),
    Moment("appointed", _("Appointed to a post"), Stage.ORGANISE),
    Moment("appointed_reminder", _("Appointment not answered for two days"), Stage.ORGANISE),
    Moment("forming_reminder", _("Date of the committees is near"), Stage.ORGANISE),
    Moment("proposal_approved", _("Proposal of a committee approved"), Stage.ORGANISE),
    Moment("proposal_returned", _("Proposal of a committee sent back"), Stage.ORGANISE),
    Moment("lent", _("Work given to somebody for a while"), Stage.ORGANISE),
    Moment("lending_ended", _("Work given for a while taken back"), Stage.ORGANISE),
    Moment("leaving_asked", _("Removal from a post proposed"), Stage.ORGANISE),
    Moment("leaving_dropped", _("Removal from a post not done"), Stage.ORGANISE),
    Moment("post_ended", _("Time on a post over"), Stage.ORGANISE),
    Moment("post_vacant", _("Post vacant below one's own"), Stage.ORGANISE),
    Moment("message", _("Message down the tree"), Stage.MESSAGE, Urgency.MANY),
    Moment("message_now", _("Urgent message down the tree"), Stage.MESSAGE, Urgency.NOW),
    Moment("message_reminder", _("Message not read for six hours"), Stage.MESSAGE, Urgency.MANY),
    Moment("message_above", _("Others have not read a message for a day"), Stage.MESSAGE, Urgency.MANY),
    Moment("many_numbers", _("Very many mobile numbers read"), Stage.WATCH, Urgency.NOW),
)
