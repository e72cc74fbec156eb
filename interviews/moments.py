"""When people are told something about an interview, a panel or an offer.

What is cancelled leaves at night too: who comes from far sets out in the dark.
"""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency
from portal.moments import Moment, Reminder, Stage, declare, remind

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
    Moment("sheets_late", _("Marks missing for hours, to the office"), Stage.INTERVIEW),
    Moment("offer", _("Place offered"), Stage.DECIDE),
    Moment("offer_2d", _("Offer, two days before its end"), Stage.DECIDE),
    Moment("offer_12h", _("Offer, twelve hours before its end"), Stage.DECIDE),
    Moment("offer_more", _("Offer has more time"), Stage.DECIDE),
    Moment("offer_over", _("Offer over without an answer"), Stage.DECIDE),
    Moment("offer_lapsed", _("Offer over without an answer, to who sent it"), Stage.DECIDE),
)

AN_INTERVIEW, SHEETS, AN_OFFER = _("Interview"), _("Marks after an interview"), _("Answer to an offer")
DAY_BEFORE = remind(
    Reminder(
        "interview_day_before",
        deadline=AN_INTERVIEW,
        to=_("who was called and did not say no"),
        before=timedelta(days=1),
        at=time(18),
        until=timedelta(hours=3),  # then the second reminder is near
        upcoming="interviews.domain.forthcoming.interviews",
    )
)
TWO_HOURS = remind(
    Reminder(
        "interview_2h",
        deadline=AN_INTERVIEW,
        to=_("who was called and did not say no"),
        before=timedelta(hours=2),
        until=timedelta(minutes=30),  # when nobody can still set out
        upcoming="interviews.domain.forthcoming.interviews",
    )
)
TURN = remind(
    Reminder(
        "turn_soon",
        deadline=_("Turn at the interview"),
        to=_("who waits"),
        before=timedelta(minutes=20),
        until=timedelta(),
    )
)
SHEET = remind(
    Reminder(
        "sheet_missing",
        deadline=SHEETS,
        to=_("panel member"),
        before=timedelta(hours=-1),
        until=timedelta(hours=-12),
        unheeded=_("who answers for the place of the interviews"),
    )
)
SHEETS_LATE = remind(
    Reminder(
        "sheets_late",
        deadline=SHEETS,
        to=_("who answers for the place of the interviews"),
        before=timedelta(hours=-3),
        until=timedelta(hours=-24),
    )
)
OFFERS = [
    remind(
        Reminder(
            "offer_2d",
            deadline=AN_OFFER,
            to=_("who was offered the place"),
            before=timedelta(days=2),
            until=timedelta(days=1),
            unheeded=_("who sent the offer; the next in line is proposed"),
            upcoming="interviews.domain.forthcoming.offers",
        )
    ),
    remind(
        Reminder(
            "offer_12h",
            deadline=AN_OFFER,
            to=_("who was offered the place"),
            before=timedelta(hours=12),
            until=timedelta(hours=1),
            unheeded=_("who sent the offer; the next in line is proposed"),
            upcoming="interviews.domain.forthcoming.offers",
        )
    ),
]
