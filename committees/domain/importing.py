"""Units from a CSV file: every error with its row and column, then all rows or none.

Reading and checking are apart from writing, so that a dry run says the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.domain import forming, tree
from committees.domain.tree import Row
from committees.levels import Level
from committees.models import Post, Unit
from committees.unitfile import ENOUGH, Problem, read
from portal import audit
from portal.models import User

FEW = 500  # codes that are asked for one by one


@dataclass
class Report:
    """What an import did, or would have done."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[Problem] = field(default_factory=list)


def import_units(*, content: bytes, by: User | None, now: datetime, dry_run: bool = False) -> Report:
    """Bring the tree in step with the file, and put up the chairs its units lack.

    With any error, and in a dry run, nothing changes.
    """
    report = Report()
    rows = [(line, Row(**cells)) for line, cells in read(content, report.errors)]
    if not report.errors:
        report.errors += check(rows)
    if report.errors:
        return report
    with transaction.atomic():
        loaded = tree.load(rows=[row for _line, row in rows], by=by, now=now)
        if not dry_run:
            _put_up_chairs([row.code for _line, row in rows], by, now)
        transaction.set_rollback(dry_run)
    report.created, report.updated, report.unchanged = loaded
    return report


def _put_up_chairs(codes: list[str], by: User | None, now: datetime) -> None:
    """Of all units of the file, new or not, as many as are sanctioned."""
    posts, laid = list(Post.objects.all()), forming.Laid()
    for start in range(0, len(codes), forming.AT_A_TIME):
        units = Unit.objects.filter(code__in=codes[start : start + forming.AT_A_TIME])
        laid = laid.plus(forming.lay(units=units, posts=posts, now=now))
    if laid.more:
        top = Unit.objects.get(level=Level.STATE)
        audit.record("made seats below", top, by=by, now=now, seats=laid.more)


def check(rows: list[tuple[int, Row]]) -> list[Problem]:
    """What is wrong between the rows, and between them and the tree."""
    codes = {row.code for _line, row in rows} | {row.parent for _line, row in rows if row.parent}
    units = Unit.objects.filter(code__in=codes) if len(codes) < FEW else Unit.objects.all()
    known = dict(units.values_list("code", "level"))
    told = {row.code: row.level for _line, row in rows}
    state = Unit.objects.filter(level=Level.STATE).values_list("code", flat=True).first()
    errors: list[Problem] = []
    first: dict[str, int] = {}
    for line, row in rows:
        if row.code in first:
            words = _("The code %(code)s stands in row %(row)d already.")
            errors.append(Problem(line, "code", words % {"code": row.code, "row": first[row.code]}))
        first.setdefault(row.code, line)
        errors += _misplaced(line, row, known, told)
        if row.level == Level.STATE:
            if state not in (None, row.code):
                words = _("There is one state, %(code)s, and it has another code.")
                errors.append(Problem(line, "code", words % {"code": state}))
            state = row.code
    return errors[:ENOUGH]


def _misplaced(line: int, row: Row, known: dict[str, str], told: dict[str, str]) -> Iterator[Problem]:
    """The row against its parent, and against the unit that has its code already."""
    above = Level(row.level).above
    if row.code in known and known[row.code] != row.level:
        words = _("The code %(code)s belongs to a unit of another level: %(level)s.")
        yield Problem(line, "code", words % {"code": row.code, "level": known[row.code]})
    if above is None:
        if row.parent:
            yield Problem(line, "parent", _("The state has no parent. Leave this empty."))
    elif not row.parent:
        yield Problem(line, "parent", _("Write the code of the %(level)s above.") % {"level": above.label})
    else:
        level = told.get(row.parent) or known.get(row.parent)
        if level is None:
            words = _("No unit has the code %(code)s, neither in this file nor in the tree.")
            yield Problem(line, "parent", words % {"code": row.parent})
        elif level != above:
            words = _("%(code)s is a %(level)s; a %(own)s hangs below a %(above)s.")
            labels = {"level": Level(level).label, "own": Level(row.level).label, "above": above.label}
            yield Problem(line, "parent", words % {"code": row.parent, **labels})
