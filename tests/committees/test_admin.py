"""What administrators set up about units and posts, and what they may only look at."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from committees.domain import founding, tree
from committees.models import Post, Seat, Unit
from tests.factories.committees import make_holder, make_person, make_user

UNIT = "/admin/committees/unit/"
GOOD = b"level,code,parent,number,name_hi,name_en\ndistrict,AJM,RJ,,\xe0\xa4\x85,Ajmer\n"


@pytest.fixture
def at_admin(client, units, now):
    """The administrator's browser, with the second factor given."""
    admin = make_user("admin", units["RJ"], now)
    client.force_login(admin, backend="portal.accounts.backend.DoorBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(admin.pk)
    session.save()
    return client


def unit_form(**changes):
    return {
        "level": "block", "parent": "", "code": "AC046-A", "slug": "", "number": "", "name_hi": "आमेर ब्लॉक",
        "name_en": "Amber Block", "aliases": "", "pin": "", "valid_from": "", "valid_to": "",
    } | changes  # fmt: skip


def test_a_unit_is_planted_by_the_tree(at_admin, units):
    at_admin.post(f"{UNIT}add/", unit_form(parent=units["AC046"].pk))

    assert Unit.objects.get(code="AC046-A").path == "jaipur/46/amber-block"
    assert list(tree.wrong_units()) == []


def test_a_parent_of_another_level_is_refused_in_words(at_admin, units):
    page = at_admin.post(f"{UNIT}add/", unit_form(parent=units["SKR"].pk))

    assert "ठीक एक स्तर ऊपर" in page.content.decode()
    assert not Unit.objects.filter(code="AC046-A").exists()


def test_a_unit_is_renamed_and_stays_where_it_is(at_admin, units):
    block = units["AC036-A"]
    moved = unit_form(parent=units["AC046"].pk, slug="reengus", name_hi="रींगस नया", name_en="New Reengus")

    at_admin.post(f"{UNIT}{block.pk}/change/", moved)

    booth = Unit.objects.get(code="AC036-P112")
    assert booth.path == "sikar/36/reengus/palsana/b-112"
    assert Unit.objects.get(pk=block.pk).name_en == "New Reengus"
    assert list(tree.wrong_units()) == []


def test_units_are_found_by_either_script_code_and_number(at_admin):
    def found(text):
        return {unit.code for unit in at_admin.get(UNIT, {"q": text}).context["cl"].queryset}

    assert found("sikar") == found("सीकर") == found("SKR") == {"SKR"}
    assert found("३६") == {"AC036"}
    assert found("palsana") == {"AC036-A-M1"}


def test_a_file_is_checked_first_and_then_loaded(at_admin):
    checked = at_admin.post(f"{UNIT}load/", {"file": SimpleUploadedFile("u.csv", GOOD), "dry_run": "on"})
    assert (checked.context["report"].created, Unit.objects.filter(code="AJM").exists()) == (1, False)

    at_admin.post(f"{UNIT}load/", {"file": SimpleUploadedFile("u.csv", GOOD)})

    assert Unit.objects.get(code="AJM").path == "ajmer"


def test_a_bad_file_is_told_by_row_and_column(at_admin):
    page = at_admin.post(f"{UNIT}load/", {"file": SimpleUploadedFile("u.csv", GOOD.replace(b",RJ,", b",XX,"))})

    assert "<td>2</td><td>parent</td>" in page.content.decode()


def test_what_goes_out_may_come_in_again(at_admin):
    out = at_admin.post(f"{UNIT}export/", export_form())

    report = at_admin.post(f"{UNIT}load/", {"file": SimpleUploadedFile("u.csv", out.content)}).context["report"]

    assert (report.errors, report.created, report.updated) == ([], 0, 0)


def export_form():
    names = "level code parent number name_hi name_en aliases slug pin valid_from valid_to".split()
    return {"format": "0", "resource": "0"} | {f"unitresource_{name}": "on" for name in names}


def test_more_seats_of_a_post_stand_at_once(at_admin):
    post = Post.objects.get(code="booth-member")
    form = {
        "name_hi": post.name_hi,
        "name_en": post.name_en,
        "role": "member",
        "in_committee": "on",
        "order": post.order,
    }

    at_admin.post(f"/admin/committees/post/{post.pk}/change/", form | {"seats_per_unit": 4})

    assert Seat.objects.filter(post=post).count() == 4


@pytest.mark.parametrize("model", ["seat", "appointment"])
def test_history_is_only_looked_at(at_admin, units, now, model):
    held = make_holder("booth-member", units["AC036-P112"], now)
    row = held if model == "appointment" else held.seat

    pages = [f"/admin/committees/{model}/", f"/admin/committees/{model}/{row.pk}/change/"]
    assert [at_admin.get(page).status_code for page in pages] == [200, 200]
    assert at_admin.get(f"/admin/committees/{model}/add/").status_code == 403
    assert at_admin.post(f"/admin/committees/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert held.person.phone[3:] not in at_admin.get(pages[1]).content.decode()


def test_lists_answer_searches(at_admin, units, now):
    held = make_holder("booth-member", units["AC036-P112"], now)

    seats = at_admin.get("/admin/committees/seat/", {"q": "palsana"}).context["cl"].queryset
    people = at_admin.get("/admin/committees/appointment/", {"q": held.person.phone[-6:]}).context["cl"].queryset

    assert {seat.unit.code for seat in seats} == {"AC036-A-M1"}
    assert list(people) == [held]


def test_the_state_office_does_not_enter(client, units, now):
    client.force_login(make_user("state-office", units["RJ"], now))

    assert [client.get(page, follow=True).status_code for page in (UNIT, f"{UNIT}load/")] == [404, 404]


def test_a_post_that_two_seats_of_one_person_contradict_names_them(units, at_admin, now):
    person = make_person(now, "रमेश सैनी")
    make_holder("booth-secretary", units["AC036-P112"], now, person)
    post = make_holder("booth-member", units["AC036-P112"], now, person).seat.post
    Post.objects.filter(code="booth-secretary").update(exclusive="level")
    founding.save_post(post=Post.objects.get(code="booth-secretary"), by=None, now=now)
    page = f"/admin/committees/post/{post.pk}/change/"
    said = {"name_hi": "सदस्य", "name_en": "Member", "role": "member", "seats_per_unit": 2, "most": 4, "order": 70}

    refused = at_admin.post(page, said | {"exclusive": "level"}).content.decode()
    done = at_admin.post(page, said | {"exclusive": ""})

    assert "ये लोग ऐसे दो पदों पर हैं: रमेश सैनी" in refused
    assert (done.status_code, Post.objects.get(pk=post.pk).most) == (302, 4)
