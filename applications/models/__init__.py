"""Drives, the ways to them, and what people hand in."""

from applications.models.answers import Application, Draft, Photo
from applications.models.consents import Consent, ConsentText, Purpose
from applications.models.drives import Anchor, Criterion, Drive, Prompt
from applications.models.extensions import Extension
from applications.models.links import Scan, ShareLink
from applications.models.questions import Attachment, Question, StepText
from applications.models.readings import Reading, ReadingMark
from applications.models.sorting import ImportBatch, Merge, NotTheSame, SavedFilter, Tag

__all__ = [
    "Anchor",
    "Application",
    "Attachment",
    "Consent",
    "ConsentText",
    "Criterion",
    "Draft",
    "Drive",
    "Extension",
    "ImportBatch",
    "Merge",
    "NotTheSame",
    "Photo",
    "Prompt",
    "Purpose",
    "Question",
    "Reading",
    "ReadingMark",
    "SavedFilter",
    "Scan",
    "ShareLink",
    "StepText",
    "Tag",
]
