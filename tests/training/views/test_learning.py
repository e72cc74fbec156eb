"""The personal page on the way to the certificate, and what the office writes for it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.accounts import opening
from tests.factories.form import picture
from tests.factories.learning import answers, make_class, make_series, was_at
from training import media
from training.domain import certifying, supplying
from training.models import Feedback, Material, QuizQuestion

QUERIES = 6  # of the page of one's own learning


@pytest.fixture
def taught(sikar, now, office):
    """Somebody who was at two of three sessions of a workshop with a quiz, on the day after it."""
    workshop, (enrolment,) = make_class(sikar, now, 1, make_series(now, questions=6))
    was_at(enrolment, office, 1, 2)
    with time_machine.travel(workshop.ends_at + timedelta(days=1)):
        yield enrolment


@pytest.fixture
def desk(client, office, taught):
    client.force_login(office)
    return client


def address(enrolment, name, *more):
    return reverse(f"training:{name}", args=[enrolment.link_key, *more])


def filled(enrolment, number, right):
    chosen = answers(enrolment, number, right)
    return {"number": number} | {f"q{question}": choice for question, choice in chosen.items()}


def test_what_is_lacking_stands_on_the_personal_page(client, taught):
    page = client.get(address(taught, "rsvp")).content.decode()

    assert "3 में से 2, कम से कम 3 चाहिए" in page
    assert "60% चाहिए, अभी कोशिश नहीं की" in page
    assert address(taught, "quiz-try") in page


def test_the_quiz_is_one_page_of_radios_and_says_at_once_what_was_wrong(client, taught):
    asked = client.get(address(taught, "quiz-try"))
    done = client.post(address(taught, "quiz-try"), filled(taught, 1, 2), follow=True)

    assert asked.content.decode().count('type="radio"') == 15
    assert "40% सही, 60% चाहिए" in done.content.decode()
    assert (done.content.decode().count("✕ ग़लत"), done.content.decode().count("✓ सही")) == (3, 2)
    assert "2 कोशिशें बाकी" in done.content.decode()


def test_the_same_page_sent_twice_and_a_page_with_a_gap_are_no_further_try(client, taught):
    first = client.post(address(taught, "quiz-try"), filled(taught, 1, 2))
    again = client.post(address(taught, "quiz-try"), filled(taught, 1, 5))
    gap = client.post(address(taught, "quiz-try"), {"number": 2})

    assert first.url == again.url == address(taught, "quiz-result")
    assert (gap.status_code, gap.content.decode().count("कोई एक जवाब चुनें") > 4) == (422, True)
    assert list(taught.tries.values_list("number", "score")) == [(1, 40)]


def test_before_the_last_session_the_quiz_is_closed(client, taught):
    with time_machine.travel(taught.workshop.starts_at):
        early = client.get(address(taught, "quiz-try"))

    assert early.url == address(taught, "rsvp")


def test_an_opinion_takes_three_taps_and_a_line(client, taught):
    said = {"content": 3, "teaching": 2, "place": 1, "words": "बहुत अच्छा"}

    page = client.post(address(taught, "feedback"), said, follow=True)
    gap = client.post(address(taught, "feedback"), {"content": 3})

    assert "आपकी राय दर्ज हुई" in page.content.decode()
    assert gap.status_code == 422
    assert Feedback.objects.values_list("content", "teaching", "place", "words").get() == (3, 2, 1, "बहुत अच्छा")


def test_the_certificate_is_also_a_picture(client, taught, office):
    before = client.get(address(taught, "certificate-picture"))
    was_at(taught, office, 3)
    taught.workshop.series.questions.all().delete()
    type(taught.workshop.series).objects.update(quiz_pass=None)
    certifying.issue(workshop=taught.workshop, by=office, now=timezone.now())

    after = client.get(address(taught, "certificate-picture"))

    assert before.status_code == 404
    assert after.content.startswith(b"\x89PNG")


def test_materials_are_put_there_shown_with_their_size_and_only_ever_saved(desk, taught):
    to = reverse("training:materials", args=[taught.workshop.slug])
    paper = SimpleUploadedFile("पाठ.exe", picture("PNG"))

    added = desk.post(to, {"title_hi": "पहला पाठ", "file": paper}, follow=True)
    bad = desk.post(to, {"title_hi": "दूसरा", "file": SimpleUploadedFile("a.pdf", b"<html>")})
    neither = desk.post(to, {"title_hi": "तीसरा"})

    material = Material.objects.get()
    shown = desk.get(address(taught, "rsvp")).content.decode()
    file = desk.get(address(taught, "own-material", material.pk))
    assert "जोड़ दिया गया" in added.content.decode()
    assert (bad.status_code, neither.status_code) == (422, 422)
    assert f"{material.kilobytes} KB" in shown
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert file["Content-Disposition"].startswith("attachment")


def test_a_material_of_the_series_is_for_all_its_workshops_and_for_nobody_else(client, desk, taught, sikar, now):
    file = media.receive("a.png", picture("PNG"))
    material = supplying.add(to=taught.workshop.series, title_hi="सबके लिए", file=file, by=None, now=now)
    _other, (stranger, *_more) = make_class(sikar, now, 1, make_series(now, slug="other"))

    own, strange = (client.get(address(one, "own-material", material.pk)) for one in (taught, stranger))
    removed = desk.post(reverse("training:series-materials", args=["tools"]), {"drop": material.pk})

    assert (own.status_code, strange.status_code, removed.status_code) == (200, 404, 302)
    assert not Material.objects.exists()


def test_a_question_is_written_changed_and_removed(desk, taught):
    to = reverse("training:quiz", args=["tools"])
    said = {"text_hi": "कौन?", "choice1_hi": "मैं", "choice2_hi": "तू", "right": "2"}

    errors = [
        desk.post(to, said | change).status_code
        for change in ({"choice2_hi": ""}, {"right": "4"}, {"right": ""}, {"choice3_en": "he"}, {"text_hi": ""})
    ]
    desk.post(to, said)
    new = QuizQuestion.objects.get(text_hi="कौन?")
    desk.post(f"{to}{new.number}/", said | {"text_hi": "कौन है?"})
    changed = QuizQuestion.objects.get(number=new.number)
    right = [choice.is_right for choice in changed.choices.all()]
    desk.post(f"{to}{new.number}/", {"drop": "1"})

    assert errors == [422] * 5
    assert (changed.text_hi, right) == ("कौन है?", [False, True])
    assert not QuizQuestion.objects.filter(number=new.number).exists()


def test_the_own_page_tells_all_with_as_many_questions_for_one_as_for_three(
    client, taught, sikar, now, django_assert_num_queries
):
    client.force_login(opening.open_for(person=taught.person, now=now))
    supplying.add(to=taught.workshop, title_hi="पाठ", url="https://example.com/", by=None, now=now)
    client.get(reverse("training:mine"))  # what is remembered from now on is no longer asked

    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("training:mine")).content.decode()
    for _more in range(2):
        other, _all = make_class(sikar, now, 0, None)
        other.enrolments.get_or_create(person=taught.person, defaults={"invited_at": now})
    with django_assert_num_queries(QUERIES):
        client.get(reverse("training:mine"))

    assert "3 में से 2" in page
    assert "पाठ" in page
