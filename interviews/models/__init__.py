"""One Sunday, 11:00 to 17:00: days, panels, slots, interviews, sheets, decisions, and what comes of them."""

from interviews.models.after import DayReopening, Offer, Promotion, PublicRecord, Standing
from interviews.models.days import Board, InterviewDay, Panel, PanelMember, Pause, Slot
from interviews.models.interviews import Conflict, ConflictLift, Interview, Press, TimeRequest
from interviews.models.results import Decision, Score, ScoreSheet

__all__ = [
    "Board",
    "Conflict",
    "ConflictLift",
    "DayReopening",
    "Decision",
    "Interview",
    "InterviewDay",
    "Offer",
    "Panel",
    "PanelMember",
    "Pause",
    "Press",
    "Promotion",
    "PublicRecord",
    "Score",
    "ScoreSheet",
    "Slot",
    "Standing",
    "TimeRequest",
]
