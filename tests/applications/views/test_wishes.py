"""Posts by preference: asked where a drive names posts, kept in order, seen by those who choose."""

import pytest

from applications import exports
from applications.domain import driving
from applications.models import Application, Draft
from applications.sieve import Sieve
from committees.models import Post
from tests.applications.views.test_apply import address, fill, submit
from tests.factories.desk import an_application

pytestmark = pytest.mark.usefixtures("clock")
PHOTO = {"can_come": "yes", "serve_level": "district"}


@pytest.fixture
def posts(drive, now):
    names = {"media": "मीडिया प्रभारी", "it": "आईटी प्रभारी", "sec": "महामंत्री"}
    made = [Post.objects.create(code=c, name_hi=n, name_en=c, level="district") for c, n in names.items()]
    driving.reword(drive=drive, values={}, posts=made, by=None, now=now)
    return made


def test_the_form_asks_only_where_the_drive_names_posts_and_takes_none_twice(client, drive, places, posts, now):
    fill(client, drive, places, until="photo")
    assert 'name="wish3"' in client.get(address(drive, "photo")).content.decode()

    twice = client.post(address(drive, "photo"), PHOTO | {"wish1": "it", "wish2": "it"})
    strange = client.post(address(drive, "photo"), PHOTO | {"wish1": "king"})
    client.post(address(drive, "photo"), PHOTO | {"wish1": "it", "wish3": "media"})

    assert (twice.status_code, "यह पद आप चुन चुके हैं" in twice.content.decode()) == (422, True)
    assert strange.status_code == 422
    assert Draft.objects.get().answers["photo"]["wishes"] == ["it", "media"]
    assert "1. आईटी प्रभारी\n2. मीडिया प्रभारी" in client.get(address(drive, "check")).content.decode()
    driving.reword(drive=drive, values={}, posts=[], by=None, now=now)
    assert "wish1" not in client.get(address(drive, "photo")).content.decode()


def test_wishes_go_in_are_shown_and_changed(client, drive, places, posts):
    fill(client, drive, places, photo=PHOTO | {"wish1": "it"})
    status = submit(client, drive)["Location"]
    application = Application.objects.get()

    assert "1. आईटी प्रभारी" in client.get(status).content.decode()
    client.post(f"{status}change/photo/", PHOTO | {"wish1": "sec", "wish2": "it"})

    application.refresh_from_db()
    assert application.wishes == ["sec", "it"]
    assert "1. महामंत्री\n2. आईटी प्रभारी" in client.get(status).content.decode()
    assert "महामंत्री" in client.get("/me/").content.decode()


def test_the_desk_sifts_by_a_post_the_first_choice_first(at_office, office, drive, places, posts, now):
    wished = [["media"], ["sec", "it", "media"], ["it"], ["media", "it"], []]
    rows = [an_application(drive, places.booth, now, n, wishes=each) for n, each in enumerate(wished)]

    found = list(Sieve("wish=it", user=office).in_order)

    assert found == [rows[2], rows[3], rows[1]]
    assert Sieve("wish=king", user=office).misread == ["यह पद चाहते हैं"]
    assert at_office.get("/office/applications/?wish=it").status_code == 200
    assert "1. महामंत्री" in at_office.get(f"/office/applications/{rows[1].ref}/?wish=it").content.decode()
    column = next(column for column in exports.columns() if column.key == "wishes")
    assert [column.value(row) for row in (rows[3], rows[4])] == ["मीडिया प्रभारी, आईटी प्रभारी", ""]


def test_the_office_chooses_the_posts(at_office, drive, posts):
    page = at_office.get(f"/office/drives/{drive.slug}/").content.decode()
    assert 'name="posts"' in page
    values = {"title_hi": drive.title_hi, "purpose_hi": drive.purpose_hi, "posts": [posts[1].pk]}

    at_office.post(f"/office/drives/{drive.slug}/", values)

    assert list(drive.posts.all()) == [posts[1]]
