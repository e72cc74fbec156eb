"""No field is forgotten, and nothing is asked that the product must not know."""

import re

import pytest
from django.apps import apps

from portal.me.words import ELSEWHERE, LABELS, SHOWN
from portal.retention import OUR_APPS, TABLES, fields_of_our_models

NEVER = {"aadhaar", "voter_id", "epic", "religion", "caste", "income", "contacts", "father", "husband", "address"}
DEVANAGARI = re.compile("[\u0900-\u097f]")


def test_each_field_has_a_class():
    forgotten = [
        f"{table}.{field}"
        for table, field in fields_of_our_models()
        if table not in TABLES or TABLES[table].kind_of(field) is None
    ]

    assert forgotten == []


def test_no_class_names_a_field_that_is_gone():
    there = set(fields_of_our_models())

    named = {
        (table, field)
        for table, row in TABLES.items()
        for field in f"{row.plain} {row.personal} {row.sensitive} {row.secret}".split()
    }

    assert named - there == set()


def test_tables_with_personal_fields_are_kept_for_a_stated_time():
    stated = {table for table, row in TABLES.items() if row.keep.since}

    assert stated == set(TABLES)
    assert {table.split(".")[0] for table in TABLES} == set(OUR_APPS)


def test_we_do_not_ask_what_we_do_not_need():
    assert [pair for pair in fields_of_our_models() if NEVER & set(pair[1].split("_"))] == []


def test_each_personal_field_says_why_it_is_held_or_why_it_has_no_line_of_its_own():
    personal = {
        (table, field) for table, rules in TABLES.items() for field in f"{rules.personal} {rules.sensitive}".split()
    }
    told = {(table, field) for table, fields in SHOWN.items() for field in fields}
    elsewhere = {(table, field) for table, fields in ELSEWHERE.items() for field in fields}

    assert personal == told | elsewhere
    assert told & elsewhere == set()


@pytest.mark.parametrize(("table", "field"), [(table, field) for table in SHOWN for field in SHOWN[table]])
def test_the_person_reads_it_in_hindi(table, field):
    label = LABELS.get(field) or apps.get_model(table)._meta.get_field(field).verbose_name
    words = [str(label), *map(str, SHOWN[table][field])]

    assert [word for word in words if not DEVANAGARI.search(word)] == []


def test_the_eraser_knows_every_table_that_hangs_on_a_person():
    personal = {table for table, rules in TABLES.items() if rules.personal or rules.sensitive}

    assert personal - set(SHOWN) - set(ELSEWHERE) == set()
