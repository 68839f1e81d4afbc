"""How allauth meets the providers of an organisation."""

from typing import Any, cast

import requests
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.people.adapter import AccountAdapter
from klantbeeld.platform.people.history import SSO, came_by_sso, note_sign_in
from klantbeeld.platform.people.models import Outcome, User
from klantbeeld.platform.signon.claims import Claims, read_claims, read_saml_claims
from klantbeeld.platform.signon.fetching import provider_session
from klantbeeld.platform.signon.members import member_for
from klantbeeld.platform.signon.models import Protocol, Provider
from klantbeeld.platform.signon.queries import must_use_sso, provider_of
from klantbeeld.platform.signon.sealed_text import opened
from klantbeeld.platform.signon.testing import is_being_tested, keep_result


class SignOnAccountAdapter(AccountAdapter):
    """Refuses passwords and passkeys where an organisation wants single sign-on only."""

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **hints: Any) -> HttpResponse | None:
        """The answer instead of signing in, or None to go on."""
        account = cast("User", user)
        if not came_by_sso(request, account) and must_use_sso(request, account):
            clear_login(request)
            note_sign_in(request, account, Outcome.ELSEWHERE)
            messages.error(request, _("Your organisation lets you in by single sign-on only."))
            return redirect("account_login")
        return super().pre_login(request, user, **hints)


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Knows the providers of the current organisation, and no other's."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The provider with this id as allauth wants it; none without an id, since each has its own address.

        allauth asks for a SAML provider by what it calls the client.
        """
        saml = provider == Protocol.SAML
        found = provider_of(client_id or "" if saml else provider or "")
        if found is None or (saml and found.protocol != Protocol.SAML):
            return []
        return [_saml_app(found) if found.protocol == Protocol.SAML else _openid_connect_app(found)]

    def get_requests_session(self) -> requests.Session:
        """For calls to a provider, which may be anybody's."""
        return provider_session()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the colleague, or stop with an answer that says why not; a test ends here, too."""
        provider = provider_of(sociallogin.account.provider)
        if provider is None:
            raise ImmediateHttpResponse(redirect("account_login"))
        claims = _claims(provider, sociallogin)
        actor: Actor | None = getattr(request, "actor", None)
        if is_being_tested(request, provider) and actor is not None:
            raise ImmediateHttpResponse(redirect(keep_result(request, provider, claims)))
        if provider.tested_at is None:
            raise ImmediateHttpResponse(redirect("account_login"))
        known = cast("User", sociallogin.user) if sociallogin.is_existing else None
        try:
            with transaction.atomic():
                member = member_for(provider, claims, known)
                if known is None:
                    sociallogin.user = member.user
                    sociallogin.save(request, connect=True)
        except NotAllowed as refused:
            note_sign_in(request, known, Outcome.SHUT_OUT, SSO)
            messages.error(request, str(refused))
            raise ImmediateHttpResponse(redirect("account_login")) from None


def _claims(provider: Provider, sociallogin: SocialLogin) -> Claims:
    data = sociallogin.account.extra_data
    if provider.protocol != Protocol.SAML:
        return read_claims(data, provider.group_claim)
    email = next((each.email for each in sociallogin.email_addresses), "")
    return read_saml_claims(data, provider.group_claim, email)


def _saml_app(provider: Provider) -> SocialApp:
    idp = {"entity_id": provider.issuer, "sso_url": provider.sign_in_url, "x509cert": provider.certificate}
    # Every answer must answer a question of ours, once, and what it says of somebody must be signed.
    advanced = {
        "strict": True,
        "want_assertion_signed": True,
        "want_attribute_statement": False,
        "reject_idp_initiated_sso": True,
        "allow_single_label_domains": True,
    }
    return SocialApp(
        provider=Protocol.SAML.value,
        provider_id=str(provider.id),
        client_id=str(provider.id),
        name=provider.name,
        settings={"idp": idp, "advanced": advanced},
    )


def _openid_connect_app(provider: Provider) -> SocialApp:
    return SocialApp(
        provider=Protocol.OPENID_CONNECT.value,
        provider_id=str(provider.id),
        name=provider.name,
        client_id=provider.client_id,
        secret=opened(provider.secret),
        settings={"server_url": provider.issuer, "oauth_pkce_enabled": True},
    )
