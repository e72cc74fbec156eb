"""Settings of the form: what cannot work is said in a sentence before anybody sees it."""

import pytest

from applications.forms.questions import QuestionForm, StepTextForm
from applications.models import Question, StepText
from tests.factories.form import a_draft, answers


def errors(drive, **changed):
    data = {"step": "work", "order": 5, "kind": "line", "label_hi": "प्रश्न?", "is_for_panel": "on"} | changed
    form = QuestionForm(data, instance=Question(drive=drive))
    return sorted(form.errors)


@pytest.fixture
def choice(drive):
    return Question.objects.create(
        drive=drive, step="work", order=1, kind="choice", label_hi="पहले?", options_hi="हाँ\nनहीं", options_en="yes\nno"
    )


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"kind": "choice", "options_hi": "हाँ\n\n  नहीं "}, []),
        ({"kind": "choice", "options_hi": "हाँ"}, ["options_hi"]),
        ({"kind": "choice", "options_hi": "हाँ\nहाँ"}, ["options_hi"]),
        ({"kind": "choice", "options_hi": "हाँ\nनहीं", "options_en": "yes"}, ["options_en"]),
        ({"options_hi": "हाँ\nनहीं"}, ["options_hi"]),
        ({"step": "area"}, ["step"]),
        ({"least": 3}, ["least"]),
        ({"kind": "text", "least": 9, "most": 3}, ["most"]),
        ({"kind": "text", "most": 900}, ["most"]),
        ({"kind": "file", "most": 6}, ["most"]),
        ({"kind": "several", "options_hi": "क\nख", "most": 3}, ["most"]),
        ({"shown_value": 1}, ["shown_value"]),
    ],
)
def test_a_question_that_cannot_work_is_refused(drive, changed, wrong):
    assert errors(drive, **changed) == wrong


def test_a_condition_names_an_earlier_choice_of_the_same_step(drive, choice):
    assert errors(drive, shown_when=choice.pk, shown_value=2) == []
    assert errors(drive, shown_when=choice.pk, shown_value=3) == ["shown_value"]
    assert errors(drive, shown_when=choice.pk, shown_value=1, step="about") == ["shown_when"]
    assert errors(drive, shown_when=choice.pk, shown_value=1, order=0) == ["shown_when"]


def test_what_somebody_answered_keeps_its_kind_and_its_options(drive, places, now, choice):
    said = answers(drive, places.booth)["work"] | {"extra": {str(choice.pk): 2}}
    a_draft(drive, places.booth, now, work=said)
    data = {"step": "work", "order": 1, "kind": "choice", "label_hi": "पहले?", "is_for_panel": "on"}

    def tried(**changed):
        row = Question.objects.get(pk=choice.pk)
        return sorted(QuestionForm(data | {"options_hi": "हाँ\nनहीं"} | changed, instance=row).errors)

    assert tried(options_hi="हाँ\nनहीं\nपता नहीं") == []
    assert tried(kind="several") == ["kind"]
    assert tried(kind="line", options_hi="") == ["kind", "options_hi"]


def test_name_place_and_a_needed_step_cannot_be_left_out(drive):
    def off(step):
        return sorted(StepTextForm({"step": step}, instance=StepText(drive=drive)).errors)

    drive.asks_representation = True
    assert (off("name"), off("area"), off("about"), off("social")) == (["is_on"], ["is_on"], ["is_on"], [])
