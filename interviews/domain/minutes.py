"""The minutes of a day, for signature: who was heard, by which rules, what was decided and why. Writes nothing."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interviews.domain import ranking
from interviews.domain.ranking import Ranking, Row
from interviews.models import Decision, InterviewDay, PanelMember
from interviews.states import Status
from portal import dates, documents, typesetting


def pdf(*, day: InterviewDay, hidden: Collection[int], language: str) -> bytes:
    """The paper; ``hidden`` are interviews its reader may not see. Raises ``typesetting.TypesettingError``."""
    with translation.override(language):
        return typesetting.pdf("minutes", documents.letterhead(language) | words(day, hidden=hidden))


def words(day: InterviewDay, *, hidden: Collection[int]) -> dict[str, Any]:
    """What is printed, in the language of the moment."""
    ranked = ranking.rank(day)
    rows = [row for row in ranked.rows if row.interview.pk not in hidden]
    found = Decision.objects.filter(interview__day=day, approved_at__isnull=False).select_related("post")
    decisions = {decision.interview_id: decision for decision in found}
    members = PanelMember.objects.filter(panel__day=day).select_related("person", "panel").order_by("panel__name", "pk")
    signers = {(member.person.name, member.panel.name): None for member in members}
    return {
        "drive": day.drive.title,
        "date": dates.long_date(day.date),
        "place": day.place,
        "counts": _counts(rows, decisions),
        "rules": _rules(ranked),
        "rows": [_line(row, decisions.get(row.interview.pk)) for row in rows],
        "signers": [{"name": name, "panel": panel} for name, panel in signers],
    }


def _counts(rows: list[Row], decisions: dict[int, Decision]) -> list[str]:
    came = sum(row.interview.status != Status.NO_SHOW for row in rows)
    told = Counter(str(decision.get_outcome_display()) for decision in decisions.values())
    heard = ngettext("%(n)s person was interviewed", "%(n)s people were interviewed", came)
    absent = ngettext("%(n)s did not come", "%(n)s did not come", len(rows) - came)
    lines = [f"{heard % {'n': came}}, {absent % {'n': len(rows) - came}}."]
    return [*lines, ", ".join(f"{word}: {count}" for word, count in told.items())] if told else lines


def _rules(ranked: Ranking) -> list[str]:
    criteria = [f"{each.name}{f' × {each.weight}' if each.weight != 1 else ''}" for each in ranked.criteria]
    lot = _("Equal totals were broken by the order fixed before the marks, at last by lot; its seed: %(lot)s.")
    return ["; ".join(criteria), lot % {"lot": ranked.lot}]


def _line(row: Row, decision: Decision | None) -> dict[str, str]:
    application = row.interview.application
    why = [str(decision.get_reason_display()), decision.words] if decision else []
    return {
        "rank": str(row.rank or "–"),
        "name": application.name,
        "place": application.unit.district.name if application.unit.district else application.unit.name,
        "total": f"{row.raw:.2f}" if row.raw is not None else "–",
        "outcome": _outcome(decision) if decision else "–",
        "why": ": ".join(filter(None, why)) or "–",
    }


def _outcome(decision: Decision) -> str:
    label = str(decision.get_outcome_display())
    return f"{label}: {decision.post.name}" if decision.post else label
