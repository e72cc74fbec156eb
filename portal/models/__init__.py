"""The ground floor's nouns: people, promises, papers, and what happened."""

from portal.models.documents import Document
from portal.models.emergencies import BreakGlass, Pulse
from portal.models.events import Event
from portal.models.jobs import Job, JobPart
from portal.models.notices import Notice
from portal.models.organisation import Organisation
from portal.models.people import Person, PhoneCode, User
from portal.models.privacy import DataRequest, Nominee, Quiet, Sealed
from portal.models.texts import Hold, NoticeTemplate
from portal.models.tokens import Token

__all__ = [
    "BreakGlass",
    "DataRequest",
    "Document",
    "Event",
    "Hold",
    "Job",
    "JobPart",
    "Nominee",
    "Notice",
    "NoticeTemplate",
    "Organisation",
    "Person",
    "PhoneCode",
    "Pulse",
    "Quiet",
    "Sealed",
    "Token",
    "User",
]
