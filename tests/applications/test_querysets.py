import pytest

from applications.models import Application
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
