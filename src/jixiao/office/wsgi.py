"""The office as a WSGI application: what the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
application = get_wsgi_application()
