"""The rules of the house, checked by reading the code."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = {"portal": 0, "committees": 1, "applications": 2, "interviews": 3, "training": 3}
# The roof sees every app, and nobody but the roof imports it.
ROOF = {"portal/urls.py", "portal/home.py", "portal/retention.py", "portal/management/commands/make_demo.py"}
ROOF |= {"portal/management/commands/erase_expired.py"}
ROOF |= {"portal/admin_site.py"}  # its first page tells what each app lacks
ROOF |= {"portal/api.py"}  # the addresses for programs of all apps; each app's own stand in its api.py
ROOF_FOLDERS = ("portal/demo/", "portal/me/", "portal/front/")
LAYERS = ["states", "levels", "querysets", "models", "domain", "access"]
LAYERS += ["forms", "views", "api", "urls", "admin"]
# Who reads and never writes. The ground floor's own writers are named in GROUND_WRITERS.
READERS = {"states", "levels", "querysets", "models", "access", "forms", "views", "tasks", "admin", "templatetags"}
READERS |= {"api"}
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
WRITES |= {"acreate", "asave", "abulk_create", "raw_delete"}
ROW_WRITES = {"update", "delete", "adelete", "aupdate"}  # innocent on a dict or a set, a write on rows
ROWS = {"objects", "filter", "exclude", "all", "select_for_update", "get_object_or_404", "get_or_404", "narrow"}
# The ground floor has no domain/ of its own: these files are its verbs.
GROUND = "audit documents transitions organisation throttle retention models/people sealing requests pulses people jobs"
GROUND += " texts tokens holds emergencies outbox/promising outbox/sending outbox/writing outbox/receiving outbox/lost"
GROUND_WRITERS = {f"portal/{verbs}.py" for verbs in GROUND.split()}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time"}
# Every page that a stranger may open, by the name of its address.
PUBLIC = set(
    """
    account_confirm_login_code account_inactive account_login account_logout account_request_login_code health home
    login_password logo mfa_authenticate stop applications:apply applications:change applications:check
    applications:consider applications:drives applications:file applications:forget applications:landing
    applications:leave applications:og applications:own-photo applications:own-poster applications:pass
    applications:privacy applications:privacy-version applications:resume applications:scan applications:status
    applications:tell applications:withdraw committees:accept committees:leave committees:letter committees:search
    committees:verify committees:verify-ask committees:consent committees:team committees:verify-key committees:fake
    committees:letter-picture committees:message-own committees:message-own-picture committees:message-pass
    committees:message-copy committees:message-copy-picture interviews:board interviews:calendar interviews:call
    interviews:choose interviews:duty interviews:offer interviews:record me:complain me:correct me:data me:erase me:json
    me:messages me:nominee me:print me:withdraw training:calendar training:certificate training:here
    training:pass-worker training:rsvp training:certificate-picture training:feedback training:own-material
    training:quiz-result training:quiz-try api:api-root api:drive api:drives api:nowhere api:openapi programs
    """.split()
)
# No page asks for a sign-in there: each asks for a key or a signature itself, see tests/test_programs.py.
KEYED = {"api:coverage", "api:me", "api:office-drives", "api:receipts-sms", "api:unit", "api:units"}

FILES = sorted(
    path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
TEXTS = [
    path.relative_to(ROOT) for suffix in ("html", "css", "js", "txt") for path in ROOT.glob(f"[ts]*/**/*.{suffix}")
]
DOMAIN = [file for file in FILES if "domain" in file.parts and file.name != "__init__.py"]
TASKS = [file for file in FILES if "tasks" in file.with_suffix("").parts]

pytestmark = pytest.mark.once


@cache
def text(file):
    return (ROOT / file).read_text(errors="replace")


@cache
def tree(file):
    return ast.parse(text(file))


@cache
def nodes(file):
    return list(ast.walk(tree(file)))


def functions(file):
    return [node for node in nodes(file) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def verbs(file):
    """Functions that other files may call: at the top of the file, without an underscore."""
    return [node for node in tree(file).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def calls(file):
    return [node for node in nodes(file) if isinstance(node, ast.Call)]


@cache
def imports(file):
    """Each import in a file: (line, dotted name, does it stand at the top?)."""
    top = {id(node) for node in tree(file).body}
    found = []
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{node.module}.{name.name}", id(node) in top) for name in node.names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, name.name, id(node) in top) for name in node.names]
    return found


def imported(files, wrong):
    """Where ``files`` import a name that is ``wrong``: file, line and name."""
    return [f"{file}:{line} {name}" for file in files for line, name, _top in imports(file) if wrong(file, name)]


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


@cache
def writes(file):
    """The calls in a file that change rows, as far as reading can tell: (line, call)."""
    found = []
    for call in calls(file):
        if isinstance(call.func, ast.Attribute):
            a_picture = call.func.attr == "save" and call.args  # image.save(buffer), not row.save()
            if call.func.attr in WRITES and not a_picture and "super" not in chain(call.func.value):
                found.append((call.lineno, f".{call.func.attr}()"))
            elif call.func.attr in ROW_WRITES and ROWS & chain(call.func.value):
                found.append((call.lineno, f"rows.{call.func.attr}()"))
    return found


def written(files):
    return [f"{file}:{line} {call}" for file in files for line, call in writes(file)]


# --- who may import whom -------------------------------------------------------------


def test_apps_look_down():
    def up(file, name):
        app, other = file.parts[0], name.split(".")[0]
        return other in APPS and other != app and APPS[other] >= APPS[app]

    assert imported([file for file in FILES if not is_roof(file)], up) == []


def test_nobody_imports_the_roof():
    roof = tuple(path.removesuffix(".py").strip("/").replace("/", ".") + "." for path in [*ROOF, *ROOF_FOLDERS])
    below = [file for file in FILES if not is_roof(file)]

    assert imported(below, lambda file, name: f"{name}.".startswith(roof)) == []


def test_layers_look_down():
    def up(file, name):
        parts = name.split(".")
        here = layer(file.with_suffix("").parts)
        there = layer(parts) if parts[0] == file.parts[0] else None
        return None not in {here, there} and there > here

    assert imported(FILES, up) == []


def test_imports_stand_at_the_top():
    assert [f"{file}:{line} {name}" for file in FILES for line, name, top in imports(file) if not top] == []


def test_nothing_happens_by_signal():
    assert imported(FILES, lambda file, name: {"signals", "dispatch"} & set(name.split("."))) == []


# --- who writes ------------------------------------------------------------------------


def test_only_the_domain_writes():
    readers = [file for file in FILES if READERS & set(file.with_suffix("").parts[1:]) and "domain" not in file.parts]

    assert written(file for file in readers if file.as_posix() not in GROUND_WRITERS and not is_roof(file)) == []


def test_the_ground_floor_writes_in_its_named_files():
    free = {"accounts", "management"}  # sign-in and the commands: verbs of their own
    ground = [file for file in FILES if file.parts[0] == "portal" and not free & set(file.parts)]

    assert written(file for file in ground if file.as_posix() not in GROUND_WRITERS and not is_roof(file)) == []


# --- verbs -------------------------------------------------------------------------------


def test_verbs_take_keywords_only_and_carry_types():
    def lacks(verb):
        by_place, keywords = verb.args.posonlyargs + verb.args.args, verb.args.kwonlyargs
        if by_place and {"by", "now"} & {argument.arg for argument in keywords}:
            yield "takes what it changes by place"
        if not all(argument.annotation for argument in by_place + keywords):
            yield "does not say what it takes"
        if verb.returns is None:
            yield "does not say what it returns"

    every_one = [(file, verb, fault) for file in DOMAIN for verb in verbs(file) for fault in lacks(verb)]
    assert [f"{file}:{verb.lineno} {verb.name} {fault}" for file, verb, fault in every_one] == []


def test_verbs_that_write_are_told_the_time():
    def writes_untold(file, verb):
        inside = [line for line, _call in writes(file) if verb.lineno <= line <= verb.end_lineno]
        return inside and "now" not in {argument.arg for argument in verb.args.kwonlyargs}

    untold = [(file, verb) for file in DOMAIN for verb in verbs(file) if writes_untold(file, verb)]
    assert [f"{file}:{verb.lineno} {verb.name}" for file, verb in untold] == []


def test_the_domain_never_reads_the_clock():
    wall = {"timezone", "datetime", "date", "time"}

    def reads_it(node):
        return isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS and wall & chain(node.func.value)

    assert [f"{file}:{node.lineno}" for file in DOMAIN for node in calls(file) if reads_it(node)] == []


# --- tasks ---------------------------------------------------------------------------------


def longer(files, lines):
    every_one = [(file, node) for file in files for node in functions(file)]
    return [f"{file}:{node.lineno} {node.name}" for file, node in every_one if node.end_lineno - node.lineno >= lines]


def test_tasks_are_five_lines():
    assert longer(TASKS, 5) == []


def test_nothing_is_remembered_in_the_broker():
    words = [(file, call, word) for file in FILES for call in calls(file) for word in call.keywords]

    assert [f"{file}:{call.lineno}" for file, call, word in words if word.arg in {"eta", "countdown"}] == []


# --- size, promises, exceptions -----------------------------------------------------------------


def test_files_and_functions_stay_short():
    long_files = [(file, len(text(file).splitlines())) for file in FILES + TESTS]

    assert [f"{file}: {lines} lines" for file, lines in long_files if lines > 300] == []
    assert longer(FILES + TESTS, 40) == []


def test_nothing_is_put_off_or_waved_through():
    words = ["TO" + "DO", "FIX" + "ME", "no" + "qa", "type: " + "ignore", "pragma: " + "no cover"]
    words += ["mark.sk" + "ip", "pytest.sk" + "ip", "mark.xf" + "ail", "pytest.xf" + "ail", "sk" + "ipif"]
    sought = re.compile("|".join(rf"\b{word}\b" for word in words))
    found = [
        (file, text(file).count("\n", 0, hit.start()) + 1, hit[0])
        for file in FILES + TESTS + TEXTS
        for hit in sought.finditer(text(file))
    ]

    assert [f"{file}:{line} {word}" for file, line, word in found] == []


def test_tests_use_the_real_thing():
    assert imported(TESTS, lambda file, name: "mock" in name.split(".")) == []


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

    assert strangers == PUBLIC | KEYED
