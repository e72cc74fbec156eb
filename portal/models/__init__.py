"""The ground floor's nouns: people, promises, papers, and what happened."""

from portal.models.documents import Document
from portal.models.emergencies import BreakGlass, Pulse
from portal.models.events import Event
from portal.models.jobs import Job, JobPart
from portal.models.notices import Notice, NoticeTemplate
from portal.models.organisation import Organisation
from portal.models.people import Person, PhoneCode, User
from portal.models.privacy import DataRequest, Nominee, Quiet, Sealed

__all__ = [
    "BreakGlass",
    "DataRequest",
    "Document",
    "Event",
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
    "User",
]
