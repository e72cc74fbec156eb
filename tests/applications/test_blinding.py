"""Whoever reads blind cannot tell from the text who wrote it."""

import pytest

from applications.blinding import HIDDEN, platforms, redact
from applications.models import Application

LINKS = [{"platform": "Instagram", "text": "instagram.com/sun.m95", "url": "https://instagram.com/sun.m95"}]


def by(name="श्रीमती सुनीता मीणा"):
    return Application(name=name, links=LINKS)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("सुनीता मीणा", ["सुनीता", "sunita", "Suneeta", "SUNITA", "मीणा", "Meena", "mina", "sunitameena", "सुनीताजी"]),
        ("Ramesh Chaudhary", ["रमेश", "ramesh", "चौधरी", "Choudhary", "chaudhry", "चौधरीजी"]),
        ("विक्रम सिंह राठौड़", ["vikram", "Singh", "सिंह", "Rathore", "rathod", "राठौड़", "राठौड़"]),
        ("Pooja Verma", ["पूजा", "puja", "वर्मा", "varma"]),
        ("आसिफ़ ख़ान", ["Asif", "aasif", "आसिफ", "Khan", "खान"]),
    ],
)
def test_the_own_name_is_hidden_in_either_script(name, written):
    assert {word: redact(f"मैं {word} हूँ।", by(name)) for word in written} == dict.fromkeys(written, f"मैं {HIDDEN} हूँ।")


@pytest.mark.parametrize(
    "text",
    ["98290 12345", "+91-98290-12345", "०९८२९०१२३४५", "९८२९० १२३४५", "sunita.m@gmail.com", "@sun.m95", "sun.m95",
     "#SunitaMeena", "https://fb.com/sunita", "www.sunita.in", "wa.me/919829012345"],
)  # fmt: skip
def test_numbers_links_and_handles_are_hidden(text):
    assert redact(f"मुझे {text} पर मिलें", by()) == f"मुझे {HIDDEN} पर मिलें"


@pytest.mark.parametrize(
    "text",
    [
        "मेरे गाँव में पानी की समस्या है। मैंने 2019 से मन लगाकर काम किया, मना नहीं किया।",
        "On 10-11-2025 we met 100 people; 1,20,000 votes at 11.30.",
        "राज. सरकार की योजना, बूथ 112, पिन 332401",
    ],
)
def test_other_words_and_numbers_stay(text):
    assert redact(text, by()) == text


def test_of_links_only_the_network_is_told():
    assert platforms(by()) == ["Instagram"]
    assert redact("", by()) == ""
