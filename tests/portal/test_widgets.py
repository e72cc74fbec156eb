"""How something is typed."""

from django import forms

from portal.widgets import Digits


class Age(forms.Form):
    years = forms.IntegerField(min_value=1, max_value=120, widget=Digits({"autocomplete": "off"}))


def test_a_number_may_be_typed_with_the_digits_of_hindi():
    form = Age({"years": "१८"})

    assert (form.is_valid(), form.cleaned_data["years"]) == (True, 18)


def test_the_box_keeps_no_sign_from_being_typed_and_asks_for_the_keyboard_of_numbers():
    html = str(Age()["years"])

    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'autocomplete="off"' in html
    assert 'class="short"' in html
