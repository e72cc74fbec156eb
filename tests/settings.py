"""The product's own settings, as the tests run them.

A developer's ``.env`` must never make a test send a real message, so
everything that reaches outside is set here before the settings are read.
``DATABASE_URL`` alone is left: it chooses the database under test.
"""

import os
from tempfile import TemporaryDirectory

SCRATCH = TemporaryDirectory(prefix="srijan-tests-")  # gone when the process ends
os.environ |= {
    "DEBUG": "False",
    "DEMO": "False",
    "SECRET_KEY": "signs-nothing-but-what-the-tests-make-up-themselves",
    "SEAL_KEY": "locks-away-nothing-but-what-the-tests-make-up-themselves",
    "LETTER_KEYS": "signs-no-letter-but-what-the-tests-make-up-themselves",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SECURE_SSL": "False",
    "REDIS_URL": "",
    "SMS_BACKEND": "portal.channels.console.ConsoleSMS",
    "SMS_HTTP_URL": "",
    "SMS_RECEIPT_KEYS": "",
    "SEND_CODES_IN_THREAD": "False",
    "EMAIL_CHANNEL": "portal.channels.email.EmailChannel",
    "EMAIL_URL": "consolemail://",
    "MEDIA_ROOT": f"{SCRATCH.name}/media",
    "SMS_FILE_DIR": f"{SCRATCH.name}/outbox",
}
os.environ.setdefault("DATABASE_URL", "sqlite:///unused-by-tests.sqlite3")

from portal.settings import *

QUICKEST_HAND = 0  # tests are quicker; the test of it sets its own
ASKING_TAKES = 0  # the test of it sets its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strong ones are slow on purpose
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of a race each need a connection of their own.
    DATABASES["default"]["TEST"] = {"NAME": f"{SCRATCH.name}/test.sqlite3"}
