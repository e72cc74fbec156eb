"""Applications as a file: its columns. The file itself is made row by row in ``portal.spreadsheets``."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from applications.models import Application, Question
from applications.models.questions import QuestionKind
from committees.models import Post
from portal import codes, dates, phones
from portal.spreadsheets import CSV, KINDS, XLSX

__all__ = ["CSV", "KINDS", "USUAL", "XLSX", "Column", "chosen", "columns"]

Value = Callable[[Application], str]


class Column(NamedTuple):
    """One column: its word in the form, its heading, how wide, and what stands in it."""

    key: str
    title: str
    width: int
    value: Value


def columns(questions: Iterable[Question] = ()) -> list[Column]:
    """All columns that can be chosen, those of the drive's own questions last.

    Gender, social group and age bands are counts for representation and stand in no file.
    """
    return [*_common(), *(_of_question(question) for question in questions)]


def _common() -> list[Column]:
    posts: dict[str, str] = {}  # asked once a file
    return [
        Column("ref", _("Application number"), 14, lambda row: codes.pretty(row.ref)),
        Column("name", _("Full name"), 26, lambda row: row.name),
        Column("phone", _("Mobile number"), 18, lambda row: phones.masked(row.phone)),
        Column("place", _("Village, ward or booth"), 22, lambda row: row.place_note or row.unit.name),
        Column("assembly", _("Assembly constituency"), 22, lambda row: _title(row.unit.assembly)),
        Column("district", _("District"), 20, lambda row: _title(row.unit.district)),
        Column("born", _("Year of birth"), 14, lambda row: str(row.birth_year)),
        Column("education", _("Education"), 20, lambda row: row.education),
        Column("since", _("With the party"), 18, lambda row: str(row.get_since_display())),
        Column("roles", _("Roles so far"), 30, lambda row: row.roles),
        Column("work", _("Work done"), 50, lambda row: row.work),
        Column("links", _("Social media"), 40, lambda row: ", ".join(_link(link) for link in row.links)),
        Column("followers", _("Followers"), 18, lambda row: str(row.get_followers_display())),
        Column("writing", _("Writing sample"), 60, lambda row: row.writing),
        Column("level", _("Level to serve at"), 20, lambda row: str(row.get_serve_level_display())),
        Column("wishes", _("Posts wished for"), 40, lambda row: _wished(row.wishes, posts)),
        Column("status", _("Status"), 20, lambda row: str(row.get_status_display())),
        Column("reason", _("Kind of reason"), 26, _reason),
        Column("words", _("Reason in words"), 30, lambda row: row.reason),
        Column("score", _("Mean of the readers"), 12, lambda row: "" if row.score is None else f"{row.score:.2f}"),
        Column("tags", _("Tags"), 20, lambda row: ", ".join(tag.name for tag in row.tags.all())),
        Column("came", _("Came by"), 26, lambda row: str(row.link.get_via_display()) if row.link else ""),
        Column("drive", _("Drive"), 30, lambda row: row.drive.title),
        Column("received", _("Received"), 26, lambda row: dates.moment(row.submitted_at)),
    ]


USUAL = "ref name phone place assembly district born status received writing links came".split()


def chosen(keys: Iterable[str], questions: Iterable[Question]) -> list[Column]:
    """The columns of these words, in the order of the form; unknown words are left out."""
    wanted = set(keys)
    return [column for column in columns(questions) if column.key in wanted]


def _title(unit: Any) -> str:
    return unit.title if unit else ""


def _link(link: dict[str, str]) -> str:
    return link.get("url") or link["text"]


def _wished(codes: list[str], posts: dict[str, str]) -> str:
    if codes and not posts:
        posts |= {post.code: post.name for post in Post.objects.all()}
    return ", ".join(posts.get(code, code) for code in codes)


def _reason(row: Application) -> str:
    return str(row.get_reason_code_display()) if row.reason_code else ""


def _of_question(question: Question) -> Column:
    """The answer to one of the drive's own questions, as the page shows it."""
    options = question.options

    def value(row: Application) -> str:
        answer = row.extra.get(str(question.pk))
        if isinstance(answer, dict):
            return answer.get("url") or answer.get("name") or answer.get("text", "")
        if question.kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL):
            numbers = answer if isinstance(answer, list) else [answer]
            return ", ".join(options[n - 1] for n in numbers if isinstance(n, int) and 0 < n <= len(options))
        return "" if answer is None else str(answer)

    return Column(f"question-{question.pk}", question.label, 30, value)
