"""Recall on real places of Rajasthan, in the spellings people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import folding

# Hindi name: Latin spellings seen on forms, maps and signboards ("-" stands for a space).
LATIN = {
    "अजमेर": "ajmer ajmair", "अलवर": "alwar alvar", "बालोतरा": "balotra", "बांसवाड़ा": "banswara baswada",
    "बारां": "baran", "बाड़मेर": "barmer badmer", "ब्यावर": "beawar byawar", "भरतपुर": "bharatpur bhartpur",
    "भीलवाड़ा": "bhilwara bheelwada", "बीकानेर": "bikaner", "बूंदी": "bundi boondi",
    "चित्तौड़गढ़": "chittorgarh chittaurgarh chitorgad", "चूरू": "churu", "दौसा": "dausa dosa", "डीग": "deeg dig",
    "डीडवाना-कुचामन": "didwana kuchaman", "धौलपुर": "dholpur dhaulpur", "डूंगरपुर": "dungarpur",
    "हनुमानगढ़": "hanumangarh hanumangadh", "जयपुर": "jaipur jaypur", "जैसलमेर": "jaisalmer jesalmer",
    "जालोर": "jalore jalor", "झालावाड़": "jhalawar jhalawad", "झुंझुनूं": "jhunjhunu junjunu jhunjhunun",
    "जोधपुर": "jodhpur jodpur", "करौली": "karauli karoli", "खैरथल-तिजारा": "khairthal tijara", "कोटा": "kota kotah",
    "कोटपूतली-बहरोड़": "kotputli behror", "नागौर": "nagaur nagor", "पाली": "pali", "फलोदी": "phalodi falodi",
    "प्रतापगढ़": "pratapgarh", "राजसमंद": "rajsamand", "सलूंबर": "salumber salumbar",
    "सवाई माधोपुर": "sawai-madhopur swai-madhopur", "सीकर": "sikar seekar", "सिरोही": "sirohi",
    "श्रीगंगानगर": "sriganganagar shri-ganganagar ganganagar", "टोंक": "tonk", "उदयपुर": "udaipur udaypur",
    "सादुलशहर": "sadulshahar", "सूरतगढ़": "suratgarh", "रायसिंहनगर": "raisinghnagar", "अनूपगढ़": "anupgarh",
    "संगरिया": "sangaria", "पीलीबंगा": "pilibanga", "नोहर": "nohar", "भादरा": "bhadra", "खाजूवाला": "khajuwala",
    "कोलायत": "kolayat", "लूणकरणसर": "lunkaransar loonkaransar", "डूंगरगढ़": "dungargarh", "नोखा": "nokha",
    "तारानगर": "taranagar", "सरदारशहर": "sardarshahar", "रतनगढ़": "ratangarh", "सुजानगढ़": "sujangarh",
    "पिलानी": "pilani", "सूरजगढ़": "surajgarh", "मंडावा": "mandawa", "नवलगढ़": "nawalgarh",
    "उदयपुरवाटी": "udaipurwati", "खेतड़ी": "khetri khetdi", "फतेहपुर": "fatehpur",
    "लक्ष्मणगढ़": "laxmangarh lakshmangarh", "धोद": "dhod", "दांतारामगढ़": "dantaramgarh", "खंडेला": "khandela",
    "नीमकाथाना": "neem-ka-thana", "श्रीमाधोपुर": "srimadhopur", "विराटनगर": "viratnagar", "शाहपुरा": "shahpura",
    "चौमूं": "chomu", "फुलेरा": "phulera fulera", "दूदू": "dudu", "झोटवाड़ा": "jhotwara jotwada", "आमेर": "amer amber",
    "जमवारामगढ़": "jamwaramgarh", "हवामहल": "hawamahal", "विद्याधरनगर": "vidhyadhar-nagar vidyadharnagar",
    "सिविल लाइंस": "civil-lines", "किशनपोल": "kishanpole", "आदर्शनगर": "adarsh-nagar", "मालवीय नगर": "malviya-nagar",
    "सांगानेर": "sanganer", "बगरू": "bagru", "बस्सी": "bassi", "चाकसू": "chaksu",
}  # fmt: skip
VARIANTS = {
    "झुंझुनू": "झुंझुनूं", "चित्तोडगढ": "चित्तौड़गढ़", "बाडमेर": "बाड़मेर", "बांसवाडा": "बांसवाड़ा", "बाँसवाड़ा": "बांसवाड़ा",
    "श्री गंगानगर": "श्रीगंगानगर", "गंगानगर": "श्रीगंगानगर", "डुंगरपुर": "डूंगरपुर", "हनुमानगढ": "हनुमानगढ़",
    "जालौर": "जालोर", "फलौदी": "फलोदी", "सलुम्बर": "सलूंबर", "राजसमन्द": "राजसमंद", "चुरु": "चूरू", "टोंक": "टोंक",
    "बून्दी": "बूंदी", "मण्डावा": "मंडावा", "खण्डेला": "खंडेला", "लुणकरणसर": "लूणकरणसर",
}  # fmt: skip
PLACES = [(name, [name]) for name in LATIN]
TYPED = [(query.replace("-", " "), name) for name, queries in LATIN.items() for query in queries.split()]


def hits(queries, first):
    """The share of queries whose place stands among the first so many."""
    found = [name in folding.rank(query, PLACES, first) for query, name in queries]
    return sum(found) / len(found)


def test_latin_spellings_find_the_hindi_place():
    assert len(TYPED) == 130
    assert hits(TYPED, 1) >= 0.97
    assert hits(TYPED, 3) >= 0.99


def test_hindi_variants_find_the_place_among_the_first_three():
    assert hits(VARIANTS.items(), 3) == 1


def test_four_letters_are_enough_for_the_first_eight():
    begun = [(queries.split()[0][:4], name) for name, queries in LATIN.items()]

    missed = [query for query, name in begun if name not in folding.rank(query, PLACES, 8)]

    assert len(begun) == 89
    assert missed == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("सीकर", "seekar"), ("जयपुर", "Jaypur"), ("लक्ष्मणगढ़", "Laxmangarh"), ("झोटवाड़ा", "jhotwara"), ("बूथ १२", "booth 12")],
)
def test_both_scripts_have_one_key(one, other):
    assert folding.key(one) == folding.key(other)


def test_both_nukta_spellings_and_joiners_have_one_key():
    assert folding.key("बाड़मेर") == folding.key("बाड़मेर") == folding.key("बाडमेर")
    assert folding.key("लक्ष्मण") == folding.key("लक्\u200dष्मण")


def test_the_fine_key_keeps_vowels():
    assert (folding.key("बस्सी"), folding.key("बासू")) == ("bs", "bs")
    assert (folding.fine("बस्सी"), folding.fine("बासू")) == ("basi", "basu")


def test_similarity_goes_from_nothing_to_one():
    assert folding.similarity("skr", "skr") == 1
    assert folding.similarity("skr", "jpl") == 0
    assert 0 < folding.similarity("skr", "skrpr") < 1


def test_search_key_holds_the_whole_name_and_each_word_once():
    assert folding.search_key("सवाई माधोपुर", "Sawai Madhopur") == "sbmrpr sb mrpr"


def test_a_column_of_search_keys_narrows_to_what_was_typed():
    column = folding.search_key("सवाई माधोपुर")

    assert folding.key("madhopur") in column
    assert folding.key("sawai madhopur") in column
    assert folding.key("सीकर") not in column


def test_rank_looks_at_every_name_and_leaves_strangers_out():
    ready = [("beawar", [folding.prepare("ब्यावर"), folding.prepare("Beawar")]), ("sikar", ["सीकर"])]

    assert folding.rank("beawar", ready) == ["beawar"]
    assert folding.rank("???", ready) == []
    assert folding.rank("sikar", [("nameless", [])]) == []


def test_rank_keeps_the_order_of_equals():
    twins = [("first", ["रामपुर"]), ("second", ["रामपुर"])]

    assert folding.rank("rampur", twins) == ["first", "second"]


@given(st.text(max_size=40))
def test_any_text_has_plain_keys(text):
    assert set(folding.key(text) + folding.fine(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert folding.rank(text, PLACES, 3) == folding.rank(text, PLACES, 3)
