"""No field is forgotten, and nothing is asked that the product must not know."""

from portal.retention import OUR_APPS, TABLES, fields_of_our_models

NEVER = {"aadhaar", "voter_id", "epic", "religion", "caste", "income", "contacts", "father", "husband", "address"}


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
