"""Conflict of interest, asked in one way everywhere. It beats every right and every role."""

from interviews.models import Conflict, Interview


class ConflictStands(Exception):
    """This person, or a member of this panel, said to know the applicant too well to judge."""


def check(interview: Interview, person: int) -> None:
    """Raise ``ConflictStands`` when the person with this key declared a conflict."""
    if Conflict.objects.filter(application=interview.application_id, person=person).exists():
        raise ConflictStands(str(interview.pk))
