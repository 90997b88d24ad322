import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
application = get_wsgi_application()

from casework.crypto.check import refuse_to_start  # noqa: E402

refuse_to_start()
