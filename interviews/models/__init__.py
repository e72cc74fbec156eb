"""One Sunday, 11:00 to 17:00: days, panels, slots, interviews, sheets, decisions."""

from interviews.models.days import Board, InterviewDay, Panel, PanelMember, Slot
from interviews.models.interviews import Conflict, Interview
from interviews.models.results import Decision, Score, ScoreSheet

__all__ = [
    "Board",
    "Conflict",
    "Decision",
    "Interview",
    "InterviewDay",
    "Panel",
    "PanelMember",
    "Score",
    "ScoreSheet",
    "Slot",
]
