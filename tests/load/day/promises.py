"""What was promised, read from the tables themselves when the day is over."""

from collections import defaultdict
from statistics import mean

from django.db import connection

DECIDED = {"SELECTED", "WAITING", "NOT_SELECTED"}


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def check(world, stage):
    """Every promise of the day; gives the figures of what was checked."""
    assert not stage.book.wrong, stage.book.wrong
    people = _tokens(world, stage)
    sheets = _marks(world, stage, people)
    _decisions(world)
    _ranks(world)
    return {"people": len(people), "sheets": sheets}


def _tokens(world, stage):
    """Who came has a token, each one once and without gaps, as the desk read it out; and is through."""
    found = rows(
        "select a.name, i.token, i.status, i.id from interviews_interview i "
        "join applications_application a on a.id = i.application_id where i.day_id = %s",
        world.day.pk,
    )
    came = {guest.name for guest in stage.guests.values() if guest.comes_at}
    tokens = {name: token for name, token, _status, _pk in found if token is not None}
    assert sorted(tokens.values()) == list(range(1, len(came) + 1))
    assert tokens.keys() == came
    assert stage.book.tokens == {name: tokens[name] for name in stage.book.tokens}
    assert {name: status for name, _token, status, _pk in found} == {
        name: "DONE" if name in came else "NO_SHOW" for name, *_rest in found
    }
    assert rows("select last_token from interviews_interviewday where id = %s", world.day.pk) == [(len(came),)]
    assert rows("select key from interviews_press group by key having count(*) > 1") == []
    assert rows("select count(*) from interviews_press") == [(stage.book.presses,)]
    return {pk: name for name, _token, _status, pk in found if name in came}


def _marks(world, stage, people):
    """What each phone was told to hand in stands there, mark for mark, once; and nobody's sheet is missing."""
    marks, notes = defaultdict(dict), {}
    for person, interview, note, criterion, mark in rows(
        "select s.panelist_id, s.interview_id, s.note, c.criterion_id, c.mark from interviews_scoresheet s "
        "join interviews_score c on c.sheet_id = s.id where s.submitted_at is not null"
    ):
        assert criterion not in marks[person, interview]
        marks[person, interview][criterion] = str(mark or "none")
        notes[person, interview] = note
    told = {
        key: {int(name[1:]): value for name, value in fields.items() if name.startswith("c")}
        for key, fields in stage.book.sheets.items()
    }
    assert dict(marks) == told
    assert notes == {key: fields["note"] for key, fields in stage.book.sheets.items()}
    sheets = rows("select panelist_id, interview_id, submitted_at is not null, late_reason from interviews_scoresheet")
    assert sorted((person, interview) for person, interview, _in, _late in sheets) == sorted(told)
    assert all(handed_in for _person, _interview, handed_in, _late in sheets)
    assert {(person, interview) for person, interview, _in, late in sheets if late} == stage.book.late
    handed_in = rows("select count(*) from portal_event where verb in ('handed in', 'handed in late')")
    assert handed_in == [(len(sheets),)]
    _nobody_is_missing(world, stage, people, set(told))
    return len(sheets)


def _nobody_is_missing(world, stage, people, told):
    """Each member of the room has judged each who was in it, but for those in conflict and the phone that was away."""
    knows = {
        (person, interview)
        for person, interview in rows(
            "select c.person_id, i.id from interviews_conflict c "
            "join interviews_interview i on i.application_id = c.application_id"
        )
    }
    rooms = dict(rows("select id, panel_id from interviews_interview where day_id = %s", world.day.pk))
    away = {person for person, _interview in stage.book.late}
    wanted = {(person, pk) for pk in people for person, panel in world.members if panel == rooms[pk]} - knows
    assert {pair for pair in wanted - told if pair[0] not in away} == set()
    assert told <= wanted


def _decisions(world):
    """Two people decided on everyone who was called; the application follows, and each is told once."""
    found = rows(
        "select i.id, a.status, d.outcome, d.proposed_by_id, d.approved_by_id from interviews_interview i "
        "join applications_application a on a.id = i.application_id "
        "left join interviews_decision d on d.interview_id = i.id where i.day_id = %s",
        world.day.pk,
    )
    assert [row for row in found if row[1] != row[2] or row[2] not in DECIDED] == []
    assert [row for row in found if row[4] is None or row[3] == row[4]] == []
    told = rows("select phone from portal_notice where substr(template, 1, 7) = 'result_'")
    assert len(told) == len(set(told)) == len(found)


def _ranks(world):
    """The order of the frozen ranking is that of plain sums over the raw marks."""
    sums = defaultdict(list)
    for interview, weighted, weights, criteria in rows(
        "select s.interview_id, sum(c.mark * k.weight), sum(k.weight), "
        "(select count(*) from applications_criterion where drive_id = %s) "
        "from interviews_scoresheet s join interviews_score c on c.sheet_id = s.id "
        "join applications_criterion k on k.id = c.criterion_id where c.mark is not null group by s.id, s.interview_id",
        world.day.drive_id,
    ):
        sums[interview].append(float(weighted) / float(weights) * criteria)
    shown = [row for row in world.day.standings.get().rows if row["rank"]]
    assert [row["rank"] for row in shown] == list(range(1, len(sums) + 1))
    assert {row["interview"]: row["raw"] for row in shown} == {key: round(mean(each), 4) for key, each in sums.items()}
    assert [row["raw"] for row in shown] == sorted((row["raw"] for row in shown), reverse=True)
