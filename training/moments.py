"""When people are told something about a training."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Reminder, Stage, declare, remind

INVITATIONS = "training.domain.forthcoming.invitations"
declare(
    Moment("workshop_invited", _("Invited to a training"), Stage.TRAIN, Urgency.MANY, planned=INVITATIONS),
    Moment("workshop_place", _("Place at a training, from the waiting list"), Stage.TRAIN),
    Moment("workshop_changed", _("Training has another time or place"), Stage.TRAIN),
    Moment("workshop_moved", _("Moved to another date of a training"), Stage.TRAIN),
    Moment("workshop_cancelled", _("Training cancelled"), Stage.TRAIN, Urgency.NOW),
    Moment("workshop_2d", _("Training, two days before"), Stage.TRAIN),
    Moment("workshop_2d_ask", _("Training, two days before, not answered"), Stage.TRAIN),
    Moment("workshop_3h", _("Training, three hours before"), Stage.TRAIN),
    Moment("workshop_certificate", _("Certificate of a training"), Stage.TRAIN),
    Moment("certificate_expires", _("Certificate of a training ends in a month"), Stage.TRAIN),
)

A_TRAINING = _("Training")
TWO_DAYS = remind(
    Reminder(
        "workshop_2d",
        deadline=A_TRAINING,
        to=_("who said to come"),
        before=timedelta(days=2),
        until=timedelta(days=1),  # a day before, "in two days" would be late and wrong
        upcoming="training.domain.forthcoming.coming",
    )
)
ASKED_AGAIN = remind(
    Reminder(
        "workshop_2d_ask",
        deadline=A_TRAINING,
        to=_("who was invited and has said nothing"),
        before=timedelta(days=2),
        until=timedelta(days=1),
        upcoming="training.domain.forthcoming.silent",
    )
)
JUST_INVITED = timedelta(hours=12)  # who was invited so lately needs no reminder yet
THREE_HOURS = remind(
    Reminder(
        "workshop_3h",
        deadline=A_TRAINING,
        to=_("who said to come"),
        before=timedelta(hours=3),
        until=timedelta(),
        upcoming="training.domain.forthcoming.coming",
    )
)
CERTIFICATE_ENDS = remind(
    Reminder(
        "certificate_expires",
        deadline=_("End of a certificate"),
        to=_("who holds it and no later one"),
        before=timedelta(days=30),
        until=timedelta(days=-1),
        upcoming="training.domain.forthcoming.certificates",
    )
)
