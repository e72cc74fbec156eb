"""When people are told something about a training."""

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Stage, declare

declare(
    Moment("workshop_invited", _("Invited to a training"), Stage.TRAIN, Urgency.MANY),
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
