"""Each text has its moment, each moment its texts."""

import pytest

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
