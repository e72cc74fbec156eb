"""What the installation lacks, each with a number and the mend, said before anything breaks.

Run by ``manage.py check`` and before every other command. Nothing here touches the database.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error
from django.core.checks import Warning as Advice
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils.module_loading import import_string
from PIL import features

SHORTEST_KEY = 32
HERE = {"127.0.0.1", "localhost", "::1"}
PRAGMAS = ["journal_mode=wal", "foreign_keys=on", "recursive_triggers=on"]
PRETENDING = {"portal.channels.console.ConsoleSMS", "portal.channels.files.FileSMS"}
BY_HTTP = "portal.channels.http.HttpSMS"


def shaping(**kwargs):
    """Hindi on posters needs Pillow with RAQM; without it letters stand in the wrong order."""
    if features.check("raqm"):
        return []
    return [
        Error(
            "Pillow has no RAQM: Hindi on posters would be misspelt.",
            hint="Install Pillow from its wheel (pip install --force-reinstall --only-binary :all: Pillow).",
            id="srijan.E001",
        )
    ]


def secret_key(**kwargs):
    """Sessions, links and codes are only as safe as this key."""
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's word for an empty one
        key = ""
    if settings.DEMO or settings.DEBUG or (len(key) >= SHORTEST_KEY and not key.startswith("only-for")):
        return []
    return [
        Error(
            f"SECRET_KEY is missing, short or known: it needs {SHORTEST_KEY} signs that nobody can guess.",
            hint='Make one: python -c "import secrets; print(secrets.token_urlsafe(50))", and put it into .env.',
            id="srijan.E002",
        )
    ]


def sqlite(**kwargs):
    """The promises about races and frozen rows hold on SQLite only with these options."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    said = options.get("init_command", "").lower().replace(" ", "")
    lacking = [pragma for pragma in PRAGMAS if pragma not in said]
    if options.get("transaction_mode") != "IMMEDIATE":
        lacking.append("transaction_mode IMMEDIATE")
    if not lacking:
        return []
    return [
        Error(
            f"SQLite runs without {', '.join(lacking)}.",
            hint="Leave OPTIONS of the database as portal/settings.py sets them; choose the file by DATABASE_URL.",
            id="srijan.E003",
        )
    ]


def address(**kwargs):
    """Links in messages begin with SITE_URL: it must be right, safe, and answered by us."""
    site = urlsplit(settings.SITE_URL)
    found = []
    if site.scheme not in {"http", "https"} or not site.hostname:
        found.append(
            Error(
                f"SITE_URL is no address: {settings.SITE_URL!r}.",
                hint="Write it whole, for instance SITE_URL=https://apply.example.org",
                id="srijan.E004",
            )
        )
    elif settings.SECURE_SSL and site.scheme != "https":
        found.append(
            Error(
                "SITE_URL begins with http:// while SECURE_SSL is on: links in messages would not be safe.",
                hint="Write SITE_URL with https://, or set SECURE_SSL=0 on your own machine.",
                id="srijan.E005",
            )
        )
    elif not validate_host(site.hostname, settings.ALLOWED_HOSTS):
        found.append(
            Error(
                f"ALLOWED_HOSTS does not hold {site.hostname}, the host of SITE_URL: its links would answer 400.",
                hint=f"Add it: ALLOWED_HOSTS={site.hostname}",
                id="srijan.E006",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS lets every host in: forged links could carry another's name.",
                hint="Name the hosts you serve, with commas between.",
                id="srijan.E007",
            )
        )
    return found


def channels(**kwargs):
    """Each channel must be there, and be able to reach people."""
    found = []
    for name, dotted in settings.CHANNELS.items():
        try:
            usable = callable(getattr(import_string(dotted), "send", None))
        except ImportError:
            usable = False
        if not usable:
            found.append(
                Error(
                    f"The {name} channel {dotted!r} does not exist or cannot send.",
                    hint="Look at .env.example for the names of those that do.",
                    id="srijan.E008",
                )
            )
    return found + _sms(settings.CHANNELS.get("sms", ""))


def _sms(dotted):
    if dotted in PRETENDING and not (settings.DEMO or settings.DEBUG):
        return [
            Advice(
                "SMS are only written down, none is sent: nobody gets a code to log in with.",
                hint=f"Set SMS_BACKEND={BY_HTTP}, SMS_HTTP_URL and SMS_HTTP_KEY of your provider.",
                id="srijan.W009",
            )
        ]
    if dotted == BY_HTTP and not (settings.SMS_HTTP_URL and settings.SMS_HTTP_KEY):
        return [
            Error(
                "The SMS provider's address or key is missing.",
                hint="Set SMS_HTTP_URL and SMS_HTTP_KEY.",
                id="srijan.E010",
            )
        ]
    return _receipts() if dotted == BY_HTTP else []


def _receipts():
    """Without a key nobody can tell us that a message did not arrive; with a short one anybody can."""
    hint = 'Agree on a secret with the provider: python -c "import secrets; print(secrets.token_urlsafe(50))".'
    if any(len(key) < SHORTEST_KEY for key in settings.SMS_RECEIPT_KEYS):
        return [Error(f"SMS_RECEIPT_KEYS holds one shorter than {SHORTEST_KEY} signs.", hint=hint, id="srijan.E016")]
    if settings.SMS_RECEIPT_KEYS:
        return []
    told = "There is no SMS_RECEIPT_KEYS: nobody hears whether an SMS arrived."
    return [Advice(told, hint=f"{hint} It signs POST /api/v1/receipts/sms/.", id="srijan.W017")]


def demo(**kwargs):
    """A demo shows sign-in codes on the page: it must never stand where strangers come by."""
    if not settings.DEMO or urlsplit(settings.SITE_URL).hostname in HERE:
        return []
    return [
        Error(
            "DEMO is on at a public address: everyone could read the codes that open the door.",
            hint="Set DEMO=0, or run the demo on 127.0.0.1.",
            id="srijan.E011",
        )
    ]


def shared_cache(**kwargs):
    """Limits count in the cache; without a shared one each process counts for itself."""
    if settings.REDIS_URL or settings.DEMO or settings.DEBUG:
        return []
    return [
        Advice(
            "There is no REDIS_URL: each web process counts its limits alone, so three codes an hour become more.",
            hint="Set REDIS_URL, or serve with one process.",
            id="srijan.W012",
        )
    ]


def seal_key(**kwargs):
    """What people had erased lies locked away for a year; the lock needs a key of its own."""
    if settings.DEMO or settings.DEBUG or len(settings.SEAL_KEY) >= SHORTEST_KEY:
        return []
    return [
        Error(
            f"SEAL_KEY is missing or shorter than {SHORTEST_KEY} signs: what is erased could not be sealed.",
            hint='Make one: python -c "import secrets; print(secrets.token_urlsafe(50))", put it into .env, '
            "and keep a copy outside the server: without it nobody can open what a court may ask for.",
            id="srijan.E013",
        )
    ]


def letter_keys(**kwargs):
    """What the QR of a letter says without a network is worth as much as the key that signs it."""
    short = [key for key in settings.LETTER_KEYS if len(key) < SHORTEST_KEY]
    if settings.DEMO or settings.DEBUG or (settings.LETTER_KEYS and not short):
        return []
    hint = 'Make one: python -c "import secrets; print(secrets.token_urlsafe(50))", and put it into .env.'
    if short:
        return [Error(f"LETTER_KEYS holds one shorter than {SHORTEST_KEY} signs.", hint=hint, id="srijan.E014")]
    told = "There is no LETTER_KEYS: the QR of a letter carries its address alone, and says nothing without a network."
    return [Advice(told, hint=hint, id="srijan.W015")]


def words(**kwargs):
    """What is to be told needs words, and words that nobody declared would leave unregistered."""
    return [
        Error(
            f"The notice “{template}” {fault}.",
            hint=f"Look at templates/notices/{template}.*.txt and at the moments.py of the apps.",
            id="srijan.E018",
        )
        for template, fault in import_string("portal.moments.lacking")().items()  # reads models: not yet at this import
    ]


def sending(**kwargs):
    """What keeps notices back must be there, and their pace a pace."""
    found = []
    if settings.SMS_LINES < 1 or settings.SMS_PER_SECOND < 0:
        hint = "Set SMS_LINES to 1 or more, SMS_PER_SECOND to what the provider takes, or to 0 for any number."
        found.append(Error("No SMS could leave at this pace.", hint=hint, id="srijan.E019"))
    try:
        import_string(settings.HELD_BACK or "portal.outbox.may_leave")
    except ImportError:
        told = f"HELD_BACK names {settings.HELD_BACK!r}, which is not there: no sweep could ask what is held back."
        found.append(Error(told, hint="Leave it as portal/settings.py sets it.", id="srijan.E020"))
    return found


ALL = [words, sending, shaping, secret_key, sqlite, address, channels, demo, shared_cache, seal_key, letter_keys]
