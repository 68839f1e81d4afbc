"""What belongs to no package: the page of parts, the language, the app's manifest, a form that came too late."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import check_for_language, get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from klantbeeld.platform.ui.components import CHANNELS

FALLING = [81, 70, 79, 72, 58, 47, 55, 45, 38, 37, 41, 36]
RISING = list(reversed(FALLING))


class SampleForm(forms.Form):
    """A form with one of each control, shown on the page of parts. It is never saved."""

    mobile = forms.CharField(label="Mobile", initial="06 28 41 90 37", help_text="As you would say it")
    mail = forms.EmailField(label="E-mail")
    stage = forms.ChoiceField(label="Stage", choices=[("lead", "Lead"), ("customer", "Customer")], required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    follow = forms.BooleanField(label="Tell me when something happens", required=False)


@login_required
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Every component and its states, drawn by the components themselves."""
    form = SampleForm({"mobile": "06 28 41 90 37", "mail": "marieke@vdvelden", "stage": "lead"})
    context = {"form": form, "channels": CHANNELS.items(), "falling": FALLING, "rising": RISING}
    return render(request, "ui/parts.html", context)


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language (POST `language`) in a cookie and, for who is signed in, in the account; then go back."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(code):
        request.user.language = code
        request.user.save(update_fields=["language"])
    return set_language(request)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without a valid token; Django's own reason is for its log, not for people."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest: with it a browser can install Klantbeeld as an application."""
    icons = [
        {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("ui/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("ui/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
    ]
    body = {
        "name": "Klantbeeld",
        "short_name": "Klantbeeld",
        "description": _("One clear picture of every customer"),
        "lang": get_language(),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f3ef",
        "theme_color": "#f5f3ef",
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json")
