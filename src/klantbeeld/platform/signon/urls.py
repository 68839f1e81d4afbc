from django.urls import path
from django.views.generic import RedirectView

from klantbeeld.platform.signon.views import back_from_provider, back_from_saml, no_single_sign_out, to_provider

# They stand before allauth's, whose addresses they share.
urlpatterns = [
    path("oidc/<uuid:provider_id>/login/", to_provider, name="to_provider"),
    path("oidc/<uuid:provider_id>/login/callback/", back_from_provider, name="back_from_provider"),
    path("saml/<uuid:provider_id>/acs/finish/", back_from_saml, name="back_from_saml"),
    path("saml/<uuid:provider_id>/sls/", no_single_sign_out, name="no_single_sign_out"),
    path("3rdparty/", RedirectView.as_view(url="/settings/me")),
    path("3rdparty/signup/", RedirectView.as_view(pattern_name="account_login")),
]
