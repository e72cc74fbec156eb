import pytest
from django.db import connection

from applications.models import Application
from portal import codes
from tests.factories.desk import an_application


@pytest.fixture
def people(drive, places, now):
    sunita = an_application(drive, places.mandal, now, 12345, name="सुनीता मीणा", ref="K7Q29FXM")
    links = [{"platform": "Instagram", "text": "@sunita.m", "url": ""}]
    other = an_application(drive, places.ramgarh, now, 2, name="Sunita Chaudhary", links=links)
    return sunita, other


def found(text):
    return set(Application.objects.matching(text))


def test_a_name_is_found_in_either_script(people):
    sunita, other = people

    assert found("sunita") == {sunita, other}
    assert found("सुनीता") == {sunita, other}


def test_a_name_with_a_short_key_is_found_where_it_begins(people, drive, places, now):
    """सुनीता is only ``st``; in the middle of a name that says nothing."""
    an_application(drive, places.ramgarh, now, 3, name="बसंत कुमार")

    assert found("सुनीता") == set(people)
    assert found("मीणा") == {people[0]}


def test_the_search_opens_no_row_that_an_index_can_rule_out(people):
    has_trigrams = connection.vendor == "postgresql"
    if has_trigrams:
        with connection.cursor() as cursor:
            for way in ("seqscan", "indexscan", "indexonlyscan"):  # four rows are quicker read than looked up
                cursor.execute(f"SET LOCAL enable_{way} = off")

    plan = Application.objects.matching("palsana").explain()

    assert ("applications_searched" in plan, "applications_units_searched" in plan) == (has_trigrams, has_trigrams)


def test_every_word_must_match(people):
    sunita, other = people

    assert found("सुनीता meena") == {sunita}
    assert found("sunita choudhary") == {other}
    assert found("sunita sharma") == set()


def test_a_number_is_found_with_and_without_dashes(people):
    sunita, _other = people

    assert found("K7Q2-9FXM") == {sunita}
    assert found("k7q29") == {sunita}
    assert found("K7Q2-९FXM") == {sunita}


def test_a_number_is_found_in_groups_as_it_is_read_aloud(people, drive, places, now):
    ref = codes.new(8)
    told = an_application(drive, places.ramgarh, now, 3, ref=ref)

    assert found(f"{ref[:4].lower()} {ref[4:]}") == {told}


def test_a_phone_is_found_by_its_end_however_it_is_grouped(people):
    sunita, _other = people

    assert found("2345") == {sunita}
    assert found("98290 12345") == {sunita}
    assert found("+91 98290-१२३४५") == {sunita}


def test_a_place_and_a_handle_are_found(people):
    sunita, other = people

    assert found("palsana") == {sunita}
    assert found("सुनीता पलसाना") == {sunita}
    assert found("@sunita.m") == {other}


@pytest.mark.parametrize(
    "copied",
    ["https://www.instagram.com/gaon_ki_baat/?igsh=1", "instagram.com/gaon_ki_baat", "gaon_ki_baat", "@gaon_ki_baat"],
)
def test_an_account_is_found_as_it_is_copied_from_a_browser(people, drive, places, now, copied):
    links = [
        {"platform": "Instagram", "text": "instagram.com/gaon_ki_baat", "url": "https://instagram.com/gaon_ki_baat"}
    ]
    told = an_application(drive, places.ramgarh, now, 3, links=links)

    assert found(copied) == {told}


def test_a_place_is_found_as_it_is_copied_from_a_row(people):
    sunita, _other = people

    assert found("सुनीता मीणा · पलसाना, (पलसाना)") == {sunita}
