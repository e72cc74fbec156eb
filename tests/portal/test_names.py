import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import names
from portal.demo import people as made_up

ZWJ, ZWNJ = "\u200d", "\u200c"
name_signs = st.text(alphabet="अकक्षशरयमणाीे्ँं़१ aZé.-'\u200b\u200c\u200d\u202e\ufeff\u00ad\u0951\n", max_size=25)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  सुनीता   मीणा \n", "सुनीता मीणा"),
        ("सुनी\u200bता\ufeff मी\u2060णा\u00ad", "सुनीता मीणा"),
        ("\u202eराम\u202c \u2066मीणा\u2069\u200f", "राम मीणा"),
        ("ख\u095cग", "ख\u0921\u093cग"),  # one code point or two: one spelling
        ("Jose\u0301", "José"),
        ("राम\x00\x07", "राम"),
        ("राम\u2028मीणा", "राम मीणा"),
        ("\u3164\u115f", ""),
    ],
)
def test_what_is_not_seen_is_not_kept(typed, kept):
    assert names.clean(typed) == kept


@pytest.mark.parametrize("name", [f"क्{ZWJ}षमा", f"र्{ZWJ}याम", f"लक्{ZWNJ}ष्मण", f"ज़्{ZWJ}यादा", "ज़ाकिर हुसैन", "O’Neil"])
def test_a_right_name_stays_as_it_is(name):
    assert names.clean(name) == name


def test_five_thousand_names_as_people_bear_them_stay_to_the_letter():
    """Common first names and surnames, never a pair of public life, in the ways in which they are written."""
    made = list(made_up.make(1250, random=Random(11)))
    hindi = [unicodedata.normalize("NFC", person.name) for person in made]
    ways = [*hindi, *(person.name_latin for person in made), *(f"श्रीमती {name}" for name in hindi)]
    ways += [f"{name.split()[0]} कँवर {name.split()[-1]}-राठौड़" for name in map(names.clean, hindi)]
    corpus = [unicodedata.normalize("NFC", name) for name in ways]

    assert len(corpus) == 5000
    assert [name for name in corpus if names.clean(name) != name] == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(f"रा{ZWJ}म", "राम"), (f"राम{ZWNJ}", "राम"), (f"क्{ZWJ}", "क्"), (f"क्{ZWJ}{ZWJ}ष", "क्ष"), (f"Ra{ZWJ}m", "Ram")],
)
def test_joiners_that_join_nothing_go(typed, kept):
    assert names.clean(typed) == kept


@given(name_signs)
def test_cleaning_twice_changes_nothing(text):
    cleaned = names.clean(text)

    assert names.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set("\u200b\u202e\ufeff\u00ad\n")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("सुनीता मीणा", "सुनीता मी."),
        ("श्रीमाल क्षत्रिय", "श्रीमाल क्ष."),
        ("सुनीता देवी ज्ञानी", "सुनीता ज्ञा."),
        ("डॉ. सुनीता मीणा", "सुनीता मी."),
        ("Sunita Meena", "Sunita M."),
        ("सुनीता (बबली)", "सुनीता ब."),
        ("सुनीता *", "सुनीता *."),
        ("रामलाल", "रामलाल"),
        ("श्री", "श्री"),
        ("", ""),
    ],
)
def test_names_are_cut_between_letters(name, short):
    assert names.first_and_initial(name) == short


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("राम घर गया।", 3),
        ("राम घर गया । श्याम भी ॥", 5),
        ("राम गया।श्याम आया", 4),
        ("एक - दो – तीन — चार…", 4),
        ("नमस्ते 🙏🏽 👨‍👩‍👧 1️⃣ ❤️", 1),
        ("हिंदी/English, दोनों", 3),
        ("धीरे-धीरे चलो", 2),
        ("मतदान 62.5% हुआ, 1,23,456 वोट", 5),
        ("१५ नवंबर को 11:30 बजे", 5),
        (f"क्{ZWJ}षमा करें", 2),
        ("don't stop", 2),
        ("देखें https://example.org/a-b?c=1 अभी", 3),
        ("... !!! ।।", 0),
    ],
)
def test_words_are_counted_as_a_reader_counts(text, count):
    assert names.word_count(text) == count


@given(
    st.lists(st.sampled_from(["राम", "क्षमा", "हूँ", "Jaipur", "१२"]), max_size=20),
    st.sampled_from([" ", "। ", "\n", ", ", " 🙂 "]),
)
def test_any_separator_counts_the_same(words, separator):
    assert names.word_count(separator.join(words)) == len(words)


def test_hindi_order_is_that_of_a_dictionary():
    right = [
        "अंजना",
        "अजय",
        "आशा",
        "कंचन",
        "कमला",
        "क़लम",
        "काजल",
        "कौशल",
        "क्षमा",
        "खेमराज",
        "जया",
        "जौहर",
        "ज्ञान",
        "झूमर",
        "हरि",
    ]

    keys = [names.sort_key(name) for name in right]

    assert keys == sorted(set(keys))


def test_order_does_not_depend_on_invisible_differences():
    assert names.sort_key("बाड़मेर") == names.sort_key("बाडमेर")
    assert names.sort_key(f"क्{ZWJ}षमा") == names.sort_key(" क्षमा ")
    assert names.sort_key("चाँद") == names.sort_key("चांद")


def test_digits_then_latin_then_devanagari():
    mixed = ["कमला", "zara", "Álvaro", "9 ग्राम", "१ ग्राम", "अनिल शर्मा", "अनिला"]

    assert sorted(mixed, key=names.sort_key) == ["१ ग्राम", "9 ग्राम", "Álvaro", "zara", "अनिल शर्मा", "अनिला", "कमला"]


@given(name_signs)
def test_a_sort_key_is_safe_for_any_collation(text):
    assert set(names.sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("name", "mixed"),
    [("Sunita", False), ("Sunitа", True), ("Sunita Αlpha", True), ("сунита", False), ("सुनीता Meena", False)],
)
def test_lookalike_letters_are_flagged(name, mixed):
    assert names.mixed_scripts(name) is mixed
