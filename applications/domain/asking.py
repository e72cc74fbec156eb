"""The files that answer a drive's own questions: kept with the draft, then with the application."""

from datetime import datetime
from typing import Any

from applications.domain.files import Received
from applications.models import Application, Attachment, Draft
from applications.models.questions import QuestionKind

Files = dict[int, Received | None]  # by the key of the question; ``None`` takes a file off


def with_files(*, holder: Draft | Application, extra: dict[str, Any], files: Files, now: datetime) -> dict[str, Any]:
    """Keep ``files`` and give the answers back with them named. Call it inside the transaction that saves these."""
    named = dict(extra)
    owner = {"application" if isinstance(holder, Application) else "draft": holder}
    for question, received in files.items():
        Attachment.objects.filter(question=question, **owner).delete()
        named.pop(str(question), None)
        if received is not None:
            row = Attachment.objects.create(question_id=question, **owner, made_at=now, **received._asdict())
            named[str(question)] = {"file": row.pk, "name": row.name}
    return named


def hand_over(*, draft: Draft, application: Application, now: datetime) -> None:
    """The files of a draft are the application's from ``now`` on; those of questions no longer asked go."""
    if not any(question.kind == QuestionKind.FILE for question in draft.drive.questions.all()):
        return
    held = [answer["file"] for answer in application.extra.values() if isinstance(answer, dict) and "file" in answer]
    mine = Attachment.objects.filter(draft=draft)
    mine.exclude(pk__in=held).delete()
    mine.update(draft=None, application=application, made_at=now)


def kept(extra: dict[str, Any]) -> dict[str, Any]:
    """Without the questions that brought no answer."""
    return {question: answer for question, answer in extra.items() if answer not in (None, "", [])}
