"""Two become one by two colleagues, nothing is lost, and undone is undone to the last column."""

from datetime import timedelta

import pytest

from applications.domain import linking, merging, readings, reviewing
from applications.domain.merging import CannotMerge, MovedOn, SamePerson
from applications.models import Application, Merge, Photo, Tag
from applications.models.links import Via
from applications.states import Status
from committees.levels import Role
from portal import audit
from portal.models import Notice
from portal.transitions import Stale
from tests.factories.desk import a_colleague, a_drive, an_application
from tests.factories.form import handed_in

EVERYTHING = list(merging.TAKEN)


@pytest.fixture
def second_person(places, now):
    return a_colleague(places.state, Role.STATE_OFFICE, now, 5, "दूसरे साथी")


@pytest.fixture
def two(drive, places, now):
    """One with a photo and a tag, and a fuller one with other ones."""
    kept = an_application(drive, places.booth, now, 1, photo=a_photo(now))
    folded = an_application(
        drive, places.mandal, now, 2, name="सुनीता मीणा", writing="लंबा लेख", birth_year=1996, education="बी.ए.",
        photo=a_photo(now), links=[{"platform": "X", "text": "@su", "url": ""}], serve_level="district",
    )  # fmt: skip
    kept.tags.add(Tag.objects.create(drive=drive, name="जाँचें"))
    folded.tags.add(Tag.objects.create(drive=drive, name="लेखक"))
    return kept, folded


def a_photo(now):
    return Photo.objects.create(image=b"RIFF", width=3, height=4, made_at=now)


def columns():
    """Every column of every application, and its tags."""
    rows = {row["id"]: row for row in Application.objects.values()}
    for application in Application.objects.all():
        rows[application.pk]["tags"] = sorted(application.tags.values_list("name", flat=True))
    return rows


def merged(two, office, second_person, now, taken=EVERYTHING):
    kept, folded = two
    merge = merging.propose(kept=kept, folded=folded, taken=taken, by=office, now=now)
    merging.agree(merge=merge, by=second_person, now=now)
    return merge


def test_a_proposal_changes_nothing(two, office, now):
    before = columns()

    merge = merging.propose(kept=two[0], folded=two[1], taken=["writing", "phone", "name"], by=office, now=now)

    assert (merge.taken, merge.agreed_at) == (["name", "writing"], None)
    assert columns() == before
    assert [[event.verb for event in audit.history(row)] for row in two] == [["merge proposed"]] * 2


def test_what_was_chosen_is_taken_over_and_the_rest_stays(two, office, second_person, now):
    kept, folded = two
    before = columns()

    merged(two, office, second_person, now, taken=["writing", "place"])

    after = columns()
    assert after[kept.pk] == before[kept.pk] | {
        "writing": "लंबा लेख", "unit_id": folded.unit_id, "tags": ["जाँचें", "लेखक"],
    }  # fmt: skip
    assert after[folded.pk] == before[folded.pk] | {"status": "MERGED", "merged_into_id": kept.pk}


@pytest.mark.parametrize("taken", [[], ["photo"], EVERYTHING], ids=["nothing", "photo", "everything"])
@pytest.mark.parametrize("status", ["SUBMITTED", "SHORTLISTED", "WAITING", "NOT_SELECTED"])
def test_undone_every_column_is_as_before(two, office, second_person, now, taken, status):
    two[1].status = status
    two[1].save()
    before = columns()
    merge = merged(two, office, second_person, now, taken=taken)
    assert columns() != before

    merging.undo(merge=merge, by=office, now=now + timedelta(days=1))

    assert columns() == before
    assert [event.verb for event in audit.history(two[0])] == ["merge proposed", "merged", "merge undone"]


def test_readings_links_and_photos_stay_where_they_are(two, office, second_person, now):
    kept, folded = two
    readings.give(applications=[folded], reader=second_person, by=office, now=now)
    link = linking.make_link(drive=kept.drive, via=Via.FRIEND, referrer=folded, by=None, now=now)
    photos = set(Application.objects.values_list("photo", flat=True))

    merged(two, office, second_person, now)

    assert folded.readings.count() == 1
    assert Application.objects.get(own_link=link) == folded
    assert set(Application.objects.values_list("photo", flat=True)) == photos


def test_nobody_merges_alone(two, office, now):
    merge = merging.propose(kept=two[0], folded=two[1], taken=[], by=office, now=now)

    with pytest.raises(SamePerson):
        merging.agree(merge=merge, by=office, now=now)

    assert not Application.objects.filter(status=Status.MERGED).exists()


def test_it_is_agreed_to_once(two, office, second_person, now):
    merge = merged(two, office, second_person, now)

    with pytest.raises(Stale):
        merging.agree(merge=Merge.objects.get(pk=merge.pk), by=second_person, now=now)


def test_each_into_the_other_ends_in_one(two, office, second_person, now):
    kept, folded = two
    there = merging.propose(kept=kept, folded=folded, taken=[], by=office, now=now)
    back = merging.propose(kept=folded, folded=kept, taken=[], by=office, now=now)
    merging.agree(merge=there, by=second_person, now=now)

    with pytest.raises(CannotMerge):
        merging.agree(merge=back, by=second_person, now=now)

    assert sorted(Application.objects.values_list("status", flat=True)) == ["MERGED", "SUBMITTED"]
    back.refresh_from_db()
    assert back.agreed_at is None


def test_a_proposal_can_be_declined_and_made_again(two, office, second_person, now):
    kept, folded = two
    first = merging.propose(kept=kept, folded=folded, taken=[], by=office, now=now)
    with pytest.raises(CannotMerge):
        merging.propose(kept=kept, folded=folded, taken=[], by=second_person, now=now)

    merging.undo(merge=first, by=second_person, now=now)

    assert merging.propose(kept=kept, folded=folded, taken=[], by=office, now=now).undone_at is None
    with pytest.raises(Stale):
        merging.agree(merge=first, by=second_person, now=now)


@pytest.mark.parametrize("status", ["SELECTED", "APPOINTED", "WITHDRAWN", "MERGED"])
@pytest.mark.parametrize("which", [0, 1], ids=["kept", "folded"])
def test_who_is_gone_or_nearly_seated_is_not_merged(two, office, now, which, status):
    two[which].status = status
    two[which].save()

    with pytest.raises(CannotMerge):
        merging.propose(kept=two[0], folded=two[1], taken=[], by=office, now=now)


def test_only_within_one_drive(two, office, places, now):
    other = an_application(a_drive(places.state, now, "other"), places.booth, now, 7)

    with pytest.raises(CannotMerge):
        merging.propose(kept=two[0], folded=other, taken=[], by=office, now=now)


@pytest.mark.parametrize("change", [{"status": "SHORTLISTED"}, {"writing": "neu"}])
def test_who_went_on_is_not_undone(two, office, second_person, now, change):
    merge = merged(two, office, second_person, now)
    Application.objects.filter(pk=two[0].pk).update(**change)

    with pytest.raises(MovedOn):
        merging.undo(merge=merge, by=office, now=now)

    merge.refresh_from_db()
    assert merge.undone_at is None


def test_the_folded_one_is_told_nothing_more(drive, places, office, second_person, now):
    kept, folded = handed_in(drive, places.booth, now, 1), handed_in(drive, places.booth, now, 2)
    reviewing.wait(application=folded, by=office, now=now)
    waiting = Notice.objects.filter(status="QUEUED")
    assert waiting.filter(phone=folded.phone).count() == 2
    untouched = waiting.filter(phone=kept.phone).count()

    merged((kept, folded), office, second_person, now)

    assert waiting.filter(phone=folded.phone).count() == 0
    assert waiting.filter(phone=kept.phone).count() == untouched == 1
