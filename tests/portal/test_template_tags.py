from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.utils import translation

from portal.templatetags import portal as tags

NOW = datetime(2025, 11, 16, 6, 30, tzinfo=UTC)


def rendered(source, **context):
    with translation.override("hi"):
        return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|moment }}", NOW, "रविवार, 16 नवंबर 2025, दोपहर 12:00 बजे"),
        ("{{ value|long_date }}", NOW, "रविवार, 16 नवंबर 2025"),
        ("{{ value|short_date }}", NOW, "16 नवंबर 2025"),
        ("{{ value|clock }}", NOW, "दोपहर 12:00 बजे"),
        ("{{ value|remaining:now }}", NOW + timedelta(days=2, hours=6), "2 दिन 6 घंटे बाकी"),
        ("{{ value|ago:now }}", NOW - timedelta(minutes=20), "अभी 20 मिनट पहले"),
        ("{{ value|ago }}", NOW, "16 नवंबर 2025"),
        ("{{ value|lakh }}", 1234567, "12,34,567"),
        ("{{ value|lakh }}", 0, "0"),
        ("{{ value|spoken }}", 250_000, "2.5 लाख"),
        ("{{ value|phone }}", "+919829012345", "98290 12345"),
        ("{{ value|masked }}", "+919829012345", "98••• ••345"),
        ("{{ value|pretty }}", "K7Q29FXM", "K7Q2-9FXM"),
        ("{{ value|first_and_initial }}", "सुनीता मीणा", "सुनीता मी."),
        ("{{ value|first_and_initial }}", "<b>", "&lt;b&gt;"),
    ],
)
def test_filters(source, value, shown):
    assert rendered(source, value=value, now=NOW) == shown


FILTERS = "moment long_date short_date clock remaining ago lakh spoken phone masked pretty first_and_initial".split()


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_filter_of_nothing_is_nothing(name, nothing):
    assert rendered("{{ value|" + name + " }}", value=nothing) == ""


def test_qr_svg_is_not_escaped_but_its_label_is():
    shown = rendered("{% qr_svg url label %}", url="https://x.in/q/7K3QX", label="<x>")

    assert shown.startswith("<svg ")
    assert 'aria-label="&lt;x&gt;"' in shown


def test_inline_css_is_the_file_without_blanks(tmp_path, settings):
    settings.STATICFILES_DIRS = [tmp_path]
    settings.DEBUG = True
    tags.finders.get_finder.cache_clear()
    (tmp_path / "tiny.css").write_text("/* a */\na {\n  color: red;\n}\n")

    assert rendered('{% inline_css "tiny.css" %}') == "a{color:red}"
    (tmp_path / "tiny.css").write_text("a { color: blue }")
    assert rendered('{% inline_css "tiny.css" %}') == "a{color:blue}"
    settings.DEBUG = False
    assert rendered('{% inline_css "tiny.css" %}') == "a{color:blue}"
    (tmp_path / "tiny.css").write_text("a { color: green }")
    assert rendered('{% inline_css "tiny.css" %}') == "a{color:blue}"
    tags.finders.get_finder.cache_clear()


def test_a_missing_style_sheet_is_an_error():
    with pytest.raises(FileNotFoundError):
        tags.inline_css("no-such.css")


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a :hover , b { width : calc( 1px + 2px ) ; }", "a :hover,b{width :calc( 1px + 2px )}"),
        ('a::after { content: "a  /* b */ ; }" }', 'a::after{content:"a  /* b */ ; }"}'),
        (
            "@media (min-width: 640px) and (max-width: 9em) { a b { margin: 0 auto } }",
            "@media (min-width:640px) and (max-width:9em){a b{margin:0 auto}}",
        ),
        ("a { b: '\\'  ;' ; c: \"0\" }", "a{b:'\\'  ;';c:\"0\"}"),
        ("a{color:red}/* one */b{color:blue}", "a{color:red}b{color:blue}"),
    ],
)
def test_minified_keeps_the_meaning(css, small):
    assert tags.minified(css) == small


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*आज* 10 बजे\n_सब_ ~कल~", "<b>आज</b> 10 बजे<br><em>सब</em> <s>कल</s>"),
        ("2*3*4 और a_b_c", "2*3*4 और a_b_c"),
        ("* आज * <b>x</b>", "* आज * &lt;b&gt;x&lt;/b&gt;"),
        ("*<img src=x onerror=alert(1)>*", "<b>&lt;img src=x onerror=alert(1)&gt;</b>"),
        (None, ""),
    ],
)
def test_a_message_is_shown_as_whatsapp_shows_it(text, shown):
    assert rendered("{{ value|as_whatsapp }}", value=text) == shown
