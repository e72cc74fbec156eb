"""A kept page is, for each visitor, byte for byte the page that would have been rendered for them."""

import pytest
from django import forms
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from portal import kept, stencils

TEMPLATE = "forms/uni_form.html"
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)


class Everything(forms.Form):
    """One of each control that a form may have."""

    line = forms.CharField(initial="begins with this", required=False)
    number = forms.IntegerField(required=False)
    long = forms.CharField(widget=forms.Textarea, initial="पहले से")
    yes = forms.BooleanField(initial=True, required=False)
    one = forms.ChoiceField(choices=[("", "none"), ("a", "A"), ("b'\"&", "B")], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        choices=[("1", "1"), ("2", "2"), ("on", "3")], widget=forms.CheckboxSelectMultiple
    )
    listed = forms.ChoiceField(choices=[("", "-"), ("x", "X"), ("y", "Y")], initial="y")
    many = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")])
    hidden = forms.CharField(widget=forms.HiddenInput)
    moment = forms.SplitDateTimeField(required=False)
    file = forms.FileField(required=False)


values = st.fixed_dictionaries(
    {},
    optional={
        "line": words,
        "number": st.integers(0, 99),
        "long": words,
        "yes": st.booleans(),
        "one": st.sampled_from(["", "a", "b'\"&"]),
        "several": st.lists(st.sampled_from(["1", "on"])),
        "listed": st.sampled_from(["", "x", "y"]),
        "many": st.lists(st.sampled_from(["x", "y"])),
        "hidden": words,
    },
)


@given(values, values)
def test_each_control_shows_what_a_rendering_would_show(first, second):
    page = stencils.Page(TEMPLATE, {"form": Everything()}, path="/")

    for initial in (first, second, first, {}):
        form = Everything(initial=initial)
        assert page.filled({}, form) == render_to_string(TEMPLATE, {"form": form})


def visitor(rf, nonce, **cookies):
    """A request as it reaches a view."""
    request = rf.get("/d/pradesh/?from=" + nonce)
    request.COOKIES |= cookies
    request.csp_nonce = nonce
    CsrfViewMiddleware(lambda request: HttpResponse()).process_request(request)
    return request


def page_of(request, made, **given):
    def make():
        made.append(request)
        return "404.html", {}

    return kept.answer(request, key="not-found", make=make, **given).content.decode()


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


def test_it_is_made_once_and_nothing_of_the_first_visitor_is_in_the_page_of_the_second(rf, db):
    made = []

    first = page_of(visitor(rf, "nonce-of-the-first"), made)
    second = page_of(visitor(rf, "nonce-of-the-second"), made)

    assert len(made) == 1
    assert first.count("nonce-of-the-first") == second.count("nonce-of-the-second") == 3
    assert "of-the-first" not in second
    assert stencils.SIGN not in first + second


def test_what_has_changed_is_made_anew(rf, db):
    made = []
    page_of(visitor(rf, "a"), made)

    kept.forget()
    page_of(visitor(rf, "a"), made)

    assert len(made) == 2


def test_a_visitors_text_is_escaped(rf, db):
    html = stencils.Page("forms/_error.html", {"field": {"errors": [stencils.mark("said")]}}, path="/").filled(
        {"said": "<script>&\"'"}
    )

    assert "&lt;script&gt;&amp;&quot;&#x27;" in html
    assert "<script>" not in html


def test_a_mark_that_a_filter_has_changed_is_found_when_the_page_is_made(rf, db):
    with pytest.raises(stencils.BrokenMark):
        stencils.Page("forms/_error.html", {"field": {"errors": [stencils.mark("said").replace("(", "%28")]}}, path="/")


def test_no_more_is_kept_than_fits(rf, db, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)

    for number in range(9):
        kept.answer(visitor(rf, "n"), key=number, make=lambda: ("404.html", {}))

    assert list(kept._pages) == [6, 7, 8]


def test_who_is_to_be_told_something_gets_a_page_of_their_own(rf, db):
    def made(request):
        return kept.answer(request, key=0, make=lambda: ("404.html", {}))

    assert made(visitor(rf, "n")).status_code == 200
    assert made(visitor(rf, "n", messages="saved")) is None
    assert made(rf.post("/")) is None


def test_a_form_that_asks_a_person_something_else_is_rendered_for_them(rf, db):
    def shown(form):
        return kept.answer(visitor(rf, "n"), key=0, make=lambda: (TEMPLATE, {"form": Everything()}), form=form)

    other = Everything()
    other.fields["line"].help_text = "Here already: my-certificate.pdf"

    assert shown(Everything()).status_code == 200
    assert shown(other) is None
    assert "certificate" not in shown(Everything()).content.decode()
