"""The trunk's nouns: units, posts, seats, people's time in them, and how all that comes about."""

from committees.models.broadcasts import Broadcast, BroadcastText, Relay, RelayTally, Silence
from committees.models.field import FakeReport, Visit, VisitPhoto
from committees.models.formation import Ending, Nomination, Proposal
from committees.models.history import OldAddress, Plan, UnitChange
from committees.models.seats import Appointment, Post, Seat
from committees.models.strength import Norm, Sanction
from committees.models.tallies import Tally, WeeklyTally
from committees.models.threads import Thread, ThreadLine
from committees.models.units import Unit

__all__ = [
    "Appointment",
    "Broadcast",
    "BroadcastText",
    "Ending",
    "FakeReport",
    "Nomination",
    "Norm",
    "OldAddress",
    "Plan",
    "Post",
    "Proposal",
    "Relay",
    "RelayTally",
    "Sanction",
    "Seat",
    "Silence",
    "Tally",
    "Thread",
    "ThreadLine",
    "Unit",
    "UnitChange",
    "Visit",
    "VisitPhoto",
    "WeeklyTally",
]
