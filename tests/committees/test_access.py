"""The gate, against an oracle that walks the tree step by step."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from committees import access
from committees.access import RIGHTS, Right
from committees.domain import seats
from committees.levels import Role
from committees.models import Post, Seat, Unit
from tests.factories.committees import make_holder, make_person
from tests.often import often

CODES = ["RJ", "SKR", "JPR", "AC036", "AC034", "AC046", "AC036-A", "AC036-A-M1", "AC036-P112"]
POSTS = {
    "RJ": ["state-office", "auditor", "trainer", "state-member"], "SKR": ["district-incharge", "district-president"],
    "JPR": ["district-incharge"], "AC036": ["assembly-president"], "AC036-A": ["block-president"],
    "AC036-A-M1": ["mandal-president"],
}  # fmt: skip


def lineage(unit):
    while unit is not None:
        yield unit.pk
        unit = unit.parent


@given(data=st.data())
@often(25)
def test_the_gate_agrees_with_walking_up_the_tree(units, now, data):
    chosen = data.draw(
        st.lists(st.sampled_from([(c, p) for c, ps in POSTS.items() for p in ps]), unique=True, max_size=3)
    )
    right = data.draw(st.sampled_from(list(Right)))
    with transaction.atomic():
        person = make_person(now)
        held = [make_holder(post, units[code], now, person) for code, post in chosen]
        user = getattr(held[0].person, "user", None) if any(row.seat.post.role != Role.MEMBER for row in held) else None
        giving = {row.seat.unit_id for row in held if right in RIGHTS[row.seat.post.role]}

        reached = set(access.units_of(user, right).values_list("code", flat=True))

        expected = {code for code in CODES if giving & set(lineage(units[code]))} if user else set()
        assert reached == expected
        assert {code for code in CODES if access.may(user, right, units[code])} == expected
        assert {code for code in CODES if user and right in access.rights_at(user, units[code])} == expected
        transaction.set_rollback(True)


def test_rights_end_with_the_appointment_and_with_the_term(units, now):
    ended = make_holder("district-incharge", units["SKR"], now)
    over = make_holder("district-incharge", units["JPR"], now, term_ends=now.date())
    seats.end(appointment=ended, reason="त्यागपत्र", by=None, now=now)

    reach = [access.may(row.person.user, Right.FORM) for row in (ended, over)]

    assert reach == [False, False]  # today is long after the term


def test_a_shut_sign_in_reaches_nothing(units, now):
    user = make_holder("state-office", units["RJ"], now).person.user
    user.is_active = False

    assert not access.may(user, Right.VIEW)
    assert list(access.narrow(Unit.objects.all(), user=user, right=Right.VIEW, unit="")) == []


@pytest.mark.parametrize(
    ("post", "right"),
    [("state-office", Right.ADMINISTER), ("admin", Right.ADMINISTER), ("district-incharge", Right.ASSIGN),
     ("assembly-president", Right.FORM), ("booth-member", Right.FORM)],
)  # fmt: skip
def test_posts_that_carry_rights_are_given_only_from_above(units, post, right):
    assert access.right_to_fill(Post.objects.get(code=post)) == right


def test_seats_are_narrowed_by_the_path_to_their_unit(units, now):
    user = make_holder("district-incharge", units["SKR"], now).person.user

    rows = access.narrow(Seat.objects.all(), user=user, right=Right.FORM, unit="unit")

    assert set(rows.values_list("unit__district__code", flat=True)) == {"SKR"}
