"""The rules of the house, checked by reading the code."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = {"portal": 0, "committees": 1, "applications": 2, "interviews": 3, "training": 3}
# The roof sees every app, and nobody but the roof imports it.
ROOF = {"portal/urls.py", "portal/home.py", "portal/retention.py", "portal/management/commands/make_demo.py"}
ROOF |= {"portal/management/commands/erase_expired.py"}
ROOF_FOLDERS = ("portal/demo/", "portal/me/")
LAYERS = ["states", "levels", "querysets", "models", "domain", "access"]
LAYERS += ["forms", "views", "urls", "admin"]
# Who reads and never writes. The ground floor's own writers are named in GROUND_WRITERS.
READERS = {"states", "levels", "querysets", "models", "access", "forms", "views", "tasks", "admin", "templatetags"}
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
WRITES |= {"acreate", "asave", "abulk_create", "raw_delete"}
ROW_WRITES = {"update", "delete", "adelete", "aupdate"}  # innocent on a dict or a set, a write on rows
ROWS = {"objects", "filter", "exclude", "all", "select_for_update", "get_object_or_404", "get_or_404", "narrow"}
# The ground floor has no domain/ of its own: these files are its verbs.
GROUND_WRITERS = {"portal/audit.py", "portal/outbox.py", "portal/documents.py", "portal/transitions.py"}
GROUND_WRITERS |= {"portal/organisation.py", "portal/throttle.py", "portal/retention.py", "portal/models/people.py"}
GROUND_WRITERS |= {"portal/sealing.py", "portal/requests.py"}
GROUND_WRITERS |= {"portal/people.py", "portal/jobs.py"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time"}
PUBLIC = {  # every page that a stranger may open, by the name of its address
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "applications:apply",
    "applications:change",
    "applications:consider",
    "applications:leave",
    "applications:pass",
    "applications:check",
    "applications:drives",
    "applications:file",
    "applications:landing",
    "applications:og",
    "applications:own-photo",
    "applications:own-poster",
    "applications:privacy",
    "applications:privacy-version",
    "applications:resume",
    "applications:scan",
    "applications:status",
    "applications:tell",
    "applications:withdraw",
    "committees:accept",
    "committees:letter",
    "committees:search",
    "committees:verify",
    "committees:verify-ask",
    "health",
    "home",
    "interviews:board",
    "interviews:calendar",
    "interviews:call",
    "login_password",
    "logo",
    "me:complain",
    "me:correct",
    "me:data",
    "me:erase",
    "me:json",
    "me:messages",
    "me:nominee",
    "me:print",
    "me:withdraw",
    "mfa_authenticate",
    "training:calendar",
    "training:certificate",
    "training:rsvp",
}

FILES = sorted(
    path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
TEXTS = [
    path.relative_to(ROOT) for suffix in ("html", "css", "js", "txt") for path in ROOT.glob(f"[ts]*/**/*.{suffix}")
]
DOMAIN = [file for file in FILES if "domain" in file.parts and file.name != "__init__.py"]
TASKS = [file for file in FILES if "tasks" in file.with_suffix("").parts]
every_file = pytest.mark.parametrize("file", FILES, ids=str)
every_domain_file = pytest.mark.parametrize("file", DOMAIN, ids=str)

pytestmark = pytest.mark.once


def tree(file):
    return ast.parse((ROOT / file).read_text())


def functions(file):
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def verbs(file):
    """Functions that other files may call: at the top of the file, without an underscore."""
    return [node for node in tree(file).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def calls(file):
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.Call)]


def imports(file):
    """Each import in a file: (dotted name, does it stand at the top?)."""
    body = tree(file).body
    for node in ast.walk(ast.Module(body, [])):
        if isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{a.name}", node in body) for a in node.names)
        elif isinstance(node, ast.Import):
            yield from ((a.name, node in body) for a in node.names)


def layer(parts):
    return next((LAYERS.index(part) for part in parts[1:] if part in LAYERS), None)


def is_roof(file):
    return file.as_posix() in ROOF or file.as_posix().startswith(ROOF_FOLDERS)


def chain(node):
    """The names of a dotted chain of calls: ``Seat.objects.filter(…).update`` → {Seat, objects, filter, update}."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names | ({node.id} if isinstance(node, ast.Name) else set())


def writes(file):
    """The calls in a file that change rows, as far as reading can tell."""
    for call in calls(file):
        if isinstance(call.func, ast.Attribute):
            a_picture = call.func.attr == "save" and call.args  # image.save(buffer), not row.save()
            if call.func.attr in WRITES and not a_picture and "super" not in chain(call.func.value):
                yield f"{call.lineno}: .{call.func.attr}()"
            elif call.func.attr in ROW_WRITES and ROWS & chain(call.func.value):
                yield f"{call.lineno}: rows.{call.func.attr}()"


# --- who may import whom -------------------------------------------------------------


@every_file
def test_apps_look_down(file):
    app = file.parts[0]
    others = {name.split(".")[0] for name, _top in imports(file)} & set(APPS) - {app}
    if not is_roof(file):
        assert {other for other in others if APPS[other] >= APPS[app]} == set()


@every_file
def test_nobody_imports_the_roof(file):
    roof = {path.removesuffix(".py").strip("/").replace("/", ".") for path in [*ROOF, *ROOF_FOLDERS]}
    if not is_roof(file):
        assert [name for name, _top in imports(file) if any(f"{name}.".startswith(f"{top}.") for top in roof)] == []


@every_file
def test_layers_look_down(file):
    here = layer(file.with_suffix("").parts)
    for name, _top in imports(file):
        parts = name.split(".")
        there = layer(parts) if parts[0] == file.parts[0] else None
        assert None in (here, there) or there <= here, name


@every_file
def test_imports_stand_at_the_top(file):
    assert [name for name, top in imports(file) if not top] == []


@every_file
def test_nothing_happens_by_signal(file):
    assert [name for name, _top in imports(file) if {"signals", "dispatch"} & set(name.split("."))] == []


# --- who writes ------------------------------------------------------------------------


@every_file
def test_only_the_domain_writes(file):
    reads = READERS & set(file.with_suffix("").parts[1:])
    if reads and "domain" not in file.parts and file.as_posix() not in GROUND_WRITERS and not is_roof(file):
        assert list(writes(file)) == []


@pytest.mark.parametrize("file", [file for file in FILES if file.parts[0] == "portal"], ids=str)
def test_the_ground_floor_writes_in_its_named_files(file):
    free = {"accounts", "management"}  # sign-in and the commands: verbs of their own
    if file.as_posix() not in GROUND_WRITERS and not is_roof(file) and not free & set(file.parts):
        assert list(writes(file)) == []


# --- verbs -------------------------------------------------------------------------------


@every_domain_file
def test_verbs_take_keywords_only_and_carry_types(file):
    for verb in verbs(file):
        arguments = verb.args
        changes = {"by", "now"} & {argument.arg for argument in arguments.kwonlyargs}
        if changes:
            assert [argument.arg for argument in arguments.posonlyargs + arguments.args] == [], verb.name
        everyone = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
        assert [argument.arg for argument in everyone if not argument.annotation] == [], verb.name
        assert verb.returns is not None, f"{verb.name} does not say what it returns"


@every_domain_file
def test_verbs_that_write_are_told_the_time(file):
    for verb in verbs(file):
        written = [name for name in writes(file) if verb.lineno <= int(name.split(":")[0]) <= verb.end_lineno]
        if written:
            assert "now" in {argument.arg for argument in verb.args.kwonlyargs}, f"{verb.name}: {written}"


@every_domain_file
def test_the_domain_never_reads_the_clock(file):
    read = [node for node in calls(file) if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS]
    wall = {"timezone", "datetime", "date", "time"}
    assert [f"{node.lineno}" for node in read if wall & chain(node.func.value)] == []


# --- tasks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("file", TASKS, ids=str)
def test_tasks_are_five_lines(file):
    for task in functions(file):
        assert task.end_lineno - task.lineno < 5, task.name


@every_file
def test_nothing_is_remembered_in_the_broker(file):
    assert [
        f"{call.lineno}" for call in calls(file) for word in call.keywords if word.arg in {"eta", "countdown"}
    ] == []


# --- size, promises, exceptions -----------------------------------------------------------------


@pytest.mark.parametrize("file", FILES + TESTS, ids=str)
def test_files_and_functions_stay_short(file):
    assert len((ROOT / file).read_text().splitlines()) <= 300
    assert [node.name for node in functions(file) if node.end_lineno - node.lineno >= 40] == []


@pytest.mark.parametrize("file", FILES + TESTS + TEXTS, ids=str)
def test_nothing_is_put_off_or_waved_through(file):
    words = ["TO" + "DO", "FIX" + "ME", "no" + "qa", "type: " + "ignore", "pragma: " + "no cover"]
    words += ["mark.sk" + "ip", "pytest.sk" + "ip", "mark.xf" + "ail", "pytest.xf" + "ail", "sk" + "ipif"]
    found = re.findall("|".join(rf"\b{word}\b" for word in words), (ROOT / file).read_text(errors="replace"))
    assert found == []


@pytest.mark.parametrize("file", TESTS, ids=str)
def test_tests_use_the_real_thing(file):
    assert [name for name, _top in imports(file) if "mock" in name.split(".")] == []


# --- pages ---------------------------------------------------------------------------------------------


def pages(patterns, space=""):
    """Each page of the site: (name of its address, view). Django's admin guards itself."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback
        elif entry.app_name != "admin":
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from pages(entry.url_patterns, inner)


def test_only_these_pages_are_open_to_strangers():
    every_page = pages(get_resolver().url_patterns)
    strangers = {name for name, view in every_page if not getattr(view, "login_required", True)}

    assert strangers == PUBLIC
