"""The log of events tells what happened in order; that it only grows: ``interviews/test_frozen.py``."""

from portal import audit, organisation


def test_history_tells_what_happened_in_order(db, now):
    house = organisation.save(name_hi="संगठन", name_en="Organisation")
    for verb in ("tried", "again"):
        audit.record(verb, house, by=None, now=now)

    assert [entry.verb for entry in audit.history(house)] == ["tried", "again"]
