"""Each text has its moment, each moment its texts."""

import pytest
from django.utils.module_loading import import_string

from portal import moments, wording
from portal.models.notices import Urgency

pytestmark = pytest.mark.once


def test_every_text_has_its_moment_and_every_moment_its_texts_in_both_languages():
    declared = {(template, language) for template in moments.every() for language in ("hi", "en")}

    assert set(wording.catalogue()) == declared


def test_a_template_is_declared_once():
    with pytest.raises(moments.DeclaredTwice, match="code"):
        moments.declare(moments.every()["code"])


def test_a_code_goes_before_a_newsletter():
    asked = ["code", "receipt", "workshop_invited", "nobody knows this"]

    assert [moments.urgency_of(template) for template in asked] == [
        Urgency.NOW,
        Urgency.USUAL,
        Urgency.MANY,
        Urgency.USUAL,
    ]


def test_every_reminder_has_its_moment_is_of_use_for_a_while_and_is_foreseen_by_a_function():
    reminders = moments.reminders()

    assert moments.lacking() == {}
    assert [name for name, one in reminders.items() if any(span <= one.until for span in one.spans)] == []
    assert all(callable(import_string(one.upcoming)) for one in reminders.values() if one.upcoming)
    with pytest.raises(moments.DeclaredTwice, match="draft_48h"):
        moments.remind(reminders["draft_48h"])
