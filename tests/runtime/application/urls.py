import os

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import path


def first_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{User.objects.count()} {os.getpid()} {os.getppid()}")


urlpatterns = [path("", first_page)]
