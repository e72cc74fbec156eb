"""The ground floor's nouns: people, promises, papers, and what happened."""

from portal.models.documents import Document
from portal.models.events import Event
from portal.models.jobs import Job, JobPart
from portal.models.notices import Notice, NoticeTemplate
from portal.models.organisation import Organisation
from portal.models.people import Person, PhoneCode, User

__all__ = [
    "Document",
    "Event",
    "Job",
    "JobPart",
    "Notice",
    "NoticeTemplate",
    "Organisation",
    "Person",
    "PhoneCode",
    "User",
]
