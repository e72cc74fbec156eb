"""The words of every promise: both languages, short enough, and no link but ours."""

import ast
import re

import pytest
from django.utils.html import urlize
from hypothesis import given
from hypothesis import strategies as st

from portal import channels, organisation, outbox, registered, wording
from portal.models import Notice, NoticeTemplate
from tests.test_architecture import FILES, calls, text

CATALOGUE = wording.catalogue()
SENT_BY_CODE = {
    word.value.value
    for file in FILES
    if "Notice(" in text(file)
    for call in calls(file)
    if getattr(call.func, "id", getattr(call.func, "attr", "")) == "Notice"
    for word in call.keywords
    if word.arg == "template" and isinstance(word.value, ast.Constant)
}
SMUGGLED = """
http://evil.xyz https://evil.xyz/a HTTP://EVIL.XYZ hTTps://evil.xyz ftp://evil.xyz www.evil.xyz
WWW.evil.foo www2.evil.foo evil.com evil.in evil.co.uk evil.xyz evil.info bit.ly/3xYz t.me/evil
wa.me/919829012345 goo.gl/x g.co/x evil.com/pay?x=1 evil.com:8080 evil.com#x evil.com,
(evil.com) "evil.com" <evil.com> राम-evil.com राम.evil.com evil.com/राम evil.भारत बुरा.भारत
evil.рф evil.中国 xn--evil.xn--p1ai evil.xn--h2brj9c evil。com evil．com evil｡com evil․com evil﹒com
ｅｖｉｌ.ｃｏｍ http：//evil.foo http:／／evil.foo https:\\\\evil.foo //evil.foo \\\\evil.foo
evil\u200b.com ev\u00adil.com evil.c\u200dom \u202eevil.com javascript:alert(1)
mailto:a@evil.foo a@evil.foo a＠evil.foo tel:+919829012345 sms:+919829012345
upi://pay?pa=evil@upi upi:pay intent://evil whatsapp://send?text=x tg://resolve
data:text/html,x file:///etc 1.2.3.4 1.2.3.4/x http://1.2.3.4 http://2130706433 http://[::1]/
evil.foo evil.foo/x e.vil.foo a.b.c.d.e.foo evil.com\u0301 evil.museum/pay hxxps://evil.foo
""".split()
LOOKS_LIKE_A_LINK = re.compile(
    r"[^\s.][.。．｡․]([^\W\d_]|xn--)|://|//|\\\\|www\d*\.|@|\d(\.\d+){3}|\b(tel|sms|upi|mailto|javascript|data|file):",
    re.IGNORECASE,
)

every_pattern = pytest.mark.parametrize("which", sorted(CATALOGUE), ids=".".join)


def notice(template="hello", language="hi", **context):
    return Notice(template=template, language=language, context=context)


# --- filling in ------------------------------------------------------------------


@pytest.mark.parametrize("payload", SMUGGLED, ids=range(len(SMUGGLED)))
def test_no_name_carries_a_link(payload):
    for name in (payload, f"सुनीता {payload} मीणा", f"सुनीता\n{payload}", f"{payload} {payload}"):
        text = wording.fill("((name)) जी", {"name": name})

        assert LOOKS_LIKE_A_LINK.search(text) is None, text
        assert text.endswith("जी")


def test_no_mail_and_no_page_makes_a_link_of_a_name(mailoutbox, settings, now):
    settings.CHANNELS = {"email": "portal.channels.email.EmailChannel"}
    told = {"name": " ".join(SMUGGLED), "organisation": "संगठन", "ref": "K7Q2-9FXM", "url": settings.SITE_URL}
    words = wording.Words("((name)) जी", "((name)) जी: ((ref))")
    mail = Notice(key="a", channel="email", email="sunita@example.org", template="receipt", context=told, due_at=now)
    which = mail.template, mail.language

    channels.send(mail, wording.of(mail, {which: words}))

    assert [LOOKS_LIKE_A_LINK.search(f"{sent.subject} {sent.body}") for sent in mailoutbox] == [None]
    assert [sent.content_subtype for sent in mailoutbox] == ["plain"]
    assert [name for name in SMUGGLED if "<a " in urlize(wording.fill("((name)) जी", {"name": name}))] == []


def test_there_are_sixty_ways_and_more():
    assert len(set(SMUGGLED)) >= 60


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("सुनीता मीणा", "सुनीता मीणा"),
        ("डॉ.सुनीता", "डॉ. सुनीता"),
        ("पी. के. शर्मा", "पी. के. शर्मा"),
        ("P.K.Sharma", "P. K. Sharma"),
        ("क़ुरैशी क्\u200dष", "क़ुरैशी क्\u200dष"),
        ("बूथ 36/112", "बूथ 36/112"),
        ("शाम 5:00 बजे, 15.11.2025", "शाम 5:00 बजे, 15.11.2025"),
        ("राजकीय विद्यालय (2.0), कमरा 3", "राजकीय विद्यालय (2.0), कमरा 3"),
        ("((url))", "((url))"),
    ],
)
def test_honest_names_arrive_as_they_are(name, sent):
    assert wording.fill("((name))", {"name": name, "url": "x"}) == sent


@given(st.text() | st.text("aक.:/\\@w2हि com。：\u200d\u200b"))
def test_cleaning_twice_changes_nothing_and_nothing_gets_through(text):
    once = wording.fill("((name))", {"name": text})

    assert wording.fill("((name))", {"name": once}) == once
    assert LOOKS_LIKE_A_LINK.search(once) is None


def test_our_link_stays_and_a_foreign_one_stops_the_notice(settings):
    ours = f"{settings.SITE_URL}/a/K7Q2-9FXM/?k=abc"

    assert wording.fill("((url))", {"url": ours}) == ours
    for foreign in ("https://evil.xyz/", f"{settings.SITE_URL}.evil.xyz/", "/a/K7Q2"):
        with pytest.raises(wording.ForeignLink):
            wording.fill("((url))", {"url": foreign})


# --- whose words --------------------------------------------------------------------


@pytest.mark.django_db
def test_the_office_has_the_first_word(now):
    NoticeTemplate.objects.create(
        template="code", language="hi", subject="कोड", text="कोड: ((code))", dlt_id="1107160000000012345",
        made_at=now, approved_at=now,
    )  # fmt: skip
    NoticeTemplate.objects.create(template="code", language="en", number=1, text="waits", made_at=now)
    over = {"made_at": now, "approved_at": now, "ended_at": now}
    NoticeTemplate.objects.create(template="code", language="en", number=2, text="turned off", **over)

    assert wording.of(notice("code", code="12")) == wording.Words("कोड", "कोड: 12", "1107160000000012345")
    english = wording.of(notice("code", "en", code="12", organisation="Srijan"))
    assert english.text == "Srijan: your code is 12. It works for 10 minutes. Do not tell it to anyone."


@pytest.mark.django_db
def test_a_sweep_reads_the_words_of_the_office_once(now, settings, django_assert_max_num_queries):
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS"}
    outbox.queue(
        Notice(
            key=str(number),
            phone="+919829012345",
            template="code",
            context={"organisation": "संगठन", "code": "1"},
            due_at=now,
        )
        for number in range(5)
    )

    with django_assert_max_num_queries(26) as asked:
        outbox.send_due(now=now)

    assert len([query for query in asked.captured_queries if "noticetemplate" in query["sql"]]) == 1


@pytest.mark.django_db
def test_what_is_missing_is_said():
    with pytest.raises(wording.NoWords, match="hello"):
        wording.of(notice())
    with pytest.raises(wording.MissingValue, match="code"):
        wording.of(notice("code", organisation="संगठन"))


# --- how long ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the euro is not cut in two: 152, 2 + 151, 1
        ("क" * 70, 1),
        ("क" * 71, 2),
        ("क" * 134, 2),
        ("क" * 135, 3),
        ("a" * 70 + "–", 2),  # a dash is enough
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("क" * 66 + "😀" + "क" * 66, 3),
    ],
)
def test_what_an_operator_bills(text, parts):
    assert wording.segments(text) == parts


# --- the product's own words --------------------------------------------------------------


def test_every_template_that_the_code_names_is_written_in_both_languages():
    written = {template for template, _language in CATALOGUE}

    assert SENT_BY_CODE - written == set()
    assert {(template, language) for template in written for language in ("hi", "en")} == set(CATALOGUE)


@every_pattern
def test_both_languages_ask_for_the_same_values(which):
    template, _language = which
    hindi, english = CATALOGUE[template, "hi"], CATALOGUE[template, "en"]

    assert wording.values(hindi.text) == wording.values(english.text)
    assert wording.values(CATALOGUE[which].subject) <= wording.values(hindi.text)


@every_pattern
def test_the_organisation_speaks_and_the_only_link_is_ours(which):
    words = CATALOGUE[which]
    bare = wording.VALUE.sub("", words.text)

    assert "organisation" in wording.values(words.text)
    assert words.subject
    assert LOOKS_LIKE_A_LINK.search(bare) is None
    assert [value for value in wording.values(words.text) if re.search("link|url", value)] in ([], ["url"])


@pytest.mark.parametrize("which", [which for which in sorted(CATALOGUE) if which[1] == "hi"], ids=".".join)
def test_hindi_is_hindi(which):
    bare = wording.VALUE.sub("", CATALOGUE[which].subject + CATALOGUE[which].text)

    assert re.findall(r"[A-Za-z]{3,}", bare) in ([], ["SMS"])


@pytest.mark.django_db
def test_each_text_is_said_at_its_longest_with_its_parts_and_as_the_register_wants_it(settings):
    settings.SITE_URL = "https://srijan.example.org"
    organisation.save(name_hi="राजस्थान सोशल मीडिया विभाग", name_en="Rajasthan Social Media Department")

    rows = [registered.entry(template, language) for template, language in sorted(CATALOGUE)]

    parts = {(row.template, row.language): row.parts for row in rows}
    assert {which for which, count in parts.items() if count > 5} == set()
    some = [("code", "en"), ("code", "hi"), ("receipt", "hi"), ("call", "hi"), ("import_notice", "en")]
    assert [parts[which] for which in some] == [1, 2, 3, 4, 5]
    assert all(registered.matches(row.text, row.registered) for row in rows)
    assert [row for row in rows if registered.too_long(row.text, row.registered, row.longest)] == []
