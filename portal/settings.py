"""All settings in one file, each from the environment with a safe default.

``.env.example`` lists every variable; ``README.md`` says which ones a
deployment must set. System checks (``portal/checks.py``) refuse bad ones.
"""

from datetime import datetime
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.timetable import TIMETABLE, WORKERS

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- what kind of installation -------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # ribbon, printed codes, clock in the process
SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-demo-on-your-own-machine" if DEMO or DEBUG else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Locks away what was erased, for the year that the Rules ask
SEAL_KEY = env.str("SEAL_KEY", default="") or (SECRET_KEY if DEMO or DEBUG else "")
SEAL_KEY_FALLBACKS = env.list("SEAL_KEY_FALLBACKS", default=[])  # former keys, each for a year after it was left
# The first signs what the QR of a letter says, all are held to be ours: letters on paper outlive a change of keys
LETTER_KEYS = env.list("LETTER_KEYS", default=[SECRET_KEY] if DEMO or DEBUG else [])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- what it is made of ----------------------------------------------------------
INSTALLED_APPS = [
    "portal",  # first: its words win over those of Django and the libraries
    "committees",
    "applications",
    "interviews",
    "training",
    "portal.admin_config.SrijanAdminConfig",
    "django.forms",  # widget templates for FORM_RENDERER
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "django_htmx",
    "import_export",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.doorway.Doorway",  # what comes below is not run for a page out of memory
    "portal.middleware.NoOddCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.NoGiants",
    "portal.middleware.PlannedWork",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.SessionLimits",
    "portal.accounts.middleware.KeptNowhere",
    "portal.accounts.emergency.Hour",
    "portal.accounts.viewing.Eyes",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "portal.middleware.BehindAButton",
    "portal.middleware.NoNullBytes",
    "committees.moved.OldAddresses",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.context.shell",
                "committees.context.navigation",
            ],
            "builtins": ["portal.templatetags.portal", "django.templatetags.i18n"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- where the data lives ----------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a read-then-write transaction waits its turn instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: INSERT OR REPLACE must not walk around the frozen rows.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
    # All of it lies in memory. PostgreSQL's own figure is of turning disks: it would read all seats for a district's.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c random_page_cost=1.1")
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)  # SQLite reads its whole schema to open
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {
            "BACKEND": "portal.caches.PatientRedis",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG or DEMO  # no collectstatic in the demo
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else needs our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
BIGGEST_BODY = 32 * 1024 * 1024  # of a request with all its files
BODY_MAY_PAUSE = 20  # seconds, then the line is taken for dead
BODY_GRACE = env.int("BODY_GRACE", default=40)  # seconds for any body, and one more
BODY_SLOWEST = env.int("BODY_SLOWEST", default=4096)  # for so many bytes: half of what 2G brings on a bad day
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # text fields; photos have their own limit
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- language and time ----------------------------------------------------------------
LANGUAGE_CODE = "hi"
LANGUAGES = [("hi", _("Hindi")), ("en", _("English"))]
TIME_ZONE = "Asia/Kolkata"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = False
LANGUAGE_COOKIE_NAME = "lang"

# --- who may come in ---------------------------------------------------------------------
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.accounts.backend.DoorBackend",
    "committees.access.PostBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

# --- allauth: staff sign in by phone code, or by password and a second factor --------------
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_USER_MODEL_USERNAME_FIELD = ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, see accounts.middleware
# Per address only a high ceiling: a village may sit behind one. Phones and passwords have their own
# limits, three codes an hour (accounts.phone_codes) and five wrong passwords (axes).
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip",
    "request_login_code": "300/m/ip,12/m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=1) if env.bool("BEHIND_PROXY", default=False) else 0
MFA_ADAPTER = "portal.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ by half a minute
AXES_VERBOSE = False  # no greeting at each command
AXES_USERNAME_FORM_FIELD = "phone"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1 / 12  # hours: five minutes
AXES_LOCKOUT_PARAMETERS = ["username"]  # per account: a village may sit behind one address
AXES_LOCKOUT_CALLABLE = "portal.accounts.views.locked"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # asks to lock out by address, see AXES_LOCKOUT_PARAMETERS

# --- safety on the wire --------------------------------------------------------------------
SECURE_SSL = env.bool("SECURE_SSL", default=not (DEBUG or DEMO))
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Announced work, as "2025-11-15T02:00+05:30": until then every page says so and keeps what was sent.
MAINTENANCE_UNTIL = datetime.fromisoformat(env.str("MAINTENANCE_UNTIL")) if env.str("MAINTENANCE_UNTIL", "") else None
QUICKEST_HAND = 3  # seconds; who fills in a form faster is asked to look once more, see portal/robots.py
KEEP_PAGES = env.bool("KEEP_PAGES", default=not DEBUG)  # public pages are rendered once, see portal/kept.py

# --- forms -----------------------------------------------------------------------------------
CRISPY_TEMPLATE_PACK = "forms"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["forms"]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
IMPORT_EXPORT_USE_TRANSACTIONS = IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- how notices leave the house -----------------------------------------------------------------
CHANNELS = {  # "console" prints, "file" writes to var/outbox; both are for demos and tests
    "sms": env.str("SMS_BACKEND", default="portal.channels.console.ConsoleSMS"),
    "email": env.str("EMAIL_CHANNEL", default="portal.channels.email.EmailChannel"),
}
SMS_FILE_DIR = Path(env.str("SMS_FILE_DIR", default=str(BASE_DIR / "var" / "outbox")))
SMS_HTTP_URL = env.str("SMS_HTTP_URL", default="")
SMS_HTTP_KEY = env.str("SMS_HTTP_KEY", default="")
SMS_SENDER = env.str("SMS_SENDER", default="SRIJAN")
SMS_RECEIPT_KEYS = env.list("SMS_RECEIPT_KEYS", default=[])  # sign what became of each SMS
CODES_A_DAY = env.int("CODES_A_DAY", default=5000)  # what a script could make the office pay for
SMS_A_DAY = env.int("SMS_A_DAY", default=50_000)  # notices beside codes; what is over waits for tomorrow
SMS_PER_SECOND = env.int("SMS_PER_SECOND", default=0)  # what the provider takes, all workers together; 0: any number
SMS_LINES = env.int("SMS_LINES", default=4)  # messages that a worker hands over side by side to a slow provider
ASKING_TAKES = 0.25  # seconds that asking for a code takes, whether the number is known or not
SEND_CODES_IN_THREAD = env.bool("SEND_CODES_IN_THREAD", default=True)  # the tests send in the page's own time
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="srijan@localhost")

# --- Celery: the clock and the hands; how the queues behave stands in portal/celery.py ----------------
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = TIMETABLE
JOBS = WORKERS  # kind of job → the function that does it
CANDIDATES = "interviews.domain.candidacy.applicants"  # who was selected, for the choice of in-charges
UNIT_COUNTS = "applications.waiting.counts"  # how many wait below each unit, for the pages of the tree
TRAINED_COUNTS = "training.trained.counts"  # how many hold a certificate at and below each unit, for the same pages
DUTIES = ["interviews.duties.of", "training.duties.of"]  # when a person is expected elsewhere
HELD_BACK = "committees.silences.held"  # which notices a silence over an area keeps back
OFFICE_NUMBERS = "committees.people.office_numbers"  # who tries the words of a notice before all get them
HOPEFULS = "interviews.domain.hopefuls.of_unit"  # who applied there, for the forming of a committee

# --- logs: key=value lines, never a name or a number of a person -----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
