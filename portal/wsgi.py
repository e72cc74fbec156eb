"""What gunicorn serves."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.patience import Patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = Patience(get_wsgi_application())
import_module(settings.ROOT_URLCONF)  # every view now, while nobody waits: else the first visitor does, for seconds
