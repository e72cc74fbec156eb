"""A question worded once answers as Django would."""

import pytest
from django.db.models import Exists
from django.utils import timezone

from portal.models import Notice
from portal.worded import Later, Worded

COLUMNS = ["pk", "key", "context", "due_at", "sent_at", "urgency"]

of_phone = Worded(lambda: Notice.objects.filter(phone=Later("phone"), key__begins=Later("start")).values_list(*COLUMNS))


@pytest.fixture
def notices(db):
    def notice(number, **values):
        own = {"key": f"a:{number}", "phone": f"+91987650000{number}", "template": "code", "due_at": timezone.now()}
        return Notice.objects.create(**own | values)

    notice(1, context={"name": "सुनीता 100 %s", "n": [1, None]})
    notice(2, sent_at=timezone.now())
    notice(3, key="b:3", phone="+919876500001")


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_it_answers_like_the_queryset_each_time(number):
    phone = f"+91987650000{number}"

    rows = of_phone.rows(phone=phone, start="a:")

    assert rows == list(Notice.objects.filter(phone=phone, key__startswith="a:").values_list(*COLUMNS))


@pytest.mark.usefixtures("notices")
def test_what_is_given_is_a_value_and_never_sql():
    assert of_phone.rows(phone="' OR 1=1 --", start="%") == of_phone.rows(phone="%s", start="a:") == []


@pytest.mark.usefixtures("notices")
def test_a_question_within_another_and_words_made_only_once(monkeypatch):
    other = Notice.objects.filter(key=Later("key"))
    asked = Worded(lambda: Notice.objects.filter(phone=Later("phone")).values_list(Exists(other)))
    found = [bool(asked.rows(phone="+919876500002", key=key)[0][0]) for key in ("b:3", "c:3")]
    monkeypatch.setattr(asked, "_ask", None)

    assert found == [True, False]
    assert asked.rows(phone="nobody", key="b:3") == []
