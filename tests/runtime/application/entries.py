from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()
live = get_asgi_application()
