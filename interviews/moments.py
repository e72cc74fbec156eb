"""When people are told something about an interview, a panel or an offer.

What is cancelled leaves at night too: who comes from far sets out in the dark.
"""

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Stage, declare

declare(
    Moment("call", _("Call to the interview"), Stage.INTERVIEW),
    Moment("call_changed", _("Interview has another time"), Stage.INTERVIEW),
    Moment("call_cancelled", _("Time of an interview taken back"), Stage.INTERVIEW, Urgency.NOW),
    Moment("day_cancelled", _("Interview day cancelled"), Stage.INTERVIEW, Urgency.NOW),
    Moment("time_offered", _("Another time offered"), Stage.INTERVIEW),
    Moment("time_refused", _("No other time for the interview"), Stage.INTERVIEW),
    Moment("interview_day_before", _("Interview, the evening before"), Stage.INTERVIEW),
    Moment("interview_2h", _("Interview, two hours before"), Stage.INTERVIEW, Urgency.NOW),
    Moment("turn_soon", _("Turn at the interview is near"), Stage.INTERVIEW, Urgency.NOW),
    Moment("standby", _("On the standby list"), Stage.INTERVIEW),
    Moment("standby_call", _("Called from the standby list"), Stage.INTERVIEW, Urgency.NOW),
    Moment("standby_over", _("No longer on the standby list"), Stage.INTERVIEW),
    Moment("panel_call", _("Called to sit on a panel"), Stage.INTERVIEW),
    Moment("panel_changed", _("Panel has another time or room"), Stage.INTERVIEW),
    Moment("panel_off", _("No longer on a panel"), Stage.INTERVIEW),
    Moment("panel_day_off", _("Interview day cancelled, to the panel"), Stage.INTERVIEW, Urgency.NOW),
    Moment("sheet_missing", _("Marks missing after an interview"), Stage.INTERVIEW),
    Moment("offer", _("Place offered"), Stage.DECIDE),
    Moment("offer_2d", _("Offer, two days before its end"), Stage.DECIDE),
    Moment("offer_12h", _("Offer, twelve hours before its end"), Stage.DECIDE),
    Moment("offer_more", _("Offer has more time"), Stage.DECIDE),
    Moment("offer_over", _("Offer over without an answer"), Stage.DECIDE),
)
