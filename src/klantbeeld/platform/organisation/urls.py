from django.urls import path

from klantbeeld.platform.organisation.views import (
    colleagues,
    fields,
    roles,
    service_accounts,
    sign_on,
    signing_in,
    teams,
    tokens,
    types,
)
from klantbeeld.platform.organisation.views.index import show_settings
from klantbeeld.platform.organisation.views.join import join
from klantbeeld.platform.organisation.views.me import edit_profile
from klantbeeld.platform.organisation.views.set_up import set_up

app_name = "organisation"

urlpatterns = [
    path("set-up/<str:secret>/", set_up, name="set_up"),
    path("join/<str:secret>/", join, name="join"),
    path("settings/", show_settings, name="index"),
    path("settings/me", edit_profile, name="me"),
    path("settings/me/sessions", signing_in.show_own, name="own_sessions"),
    path("settings/me/sessions/end", signing_in.end_own, name="end_own_sessions"),
    path("settings/sign-ins", signing_in.list_attempts, name="sign_ins"),
    path("settings/colleagues/", colleagues.list_colleagues, name="colleagues"),
    path("settings/colleagues/new", colleagues.new_colleague, name="new_colleague"),
    path("settings/colleagues/<uuid:member_id>/", colleagues.edit_colleague, name="colleague"),
    path("settings/colleagues/<uuid:member_id>/switch", colleagues.switch_colleague, name="switch_colleague"),
    path("settings/colleagues/<uuid:member_id>/link", colleagues.renew_link, name="renew_link"),
    path("settings/colleagues/<uuid:member_id>/sessions", signing_in.show_of_colleague, name="colleague_sessions"),
    path(
        "settings/colleagues/<uuid:member_id>/sessions/end",
        signing_in.end_of_colleague,
        name="end_colleague_sessions",
    ),
    path("settings/colleagues/<uuid:member_id>/unlock", signing_in.unlock_colleague, name="unlock_colleague"),
    path("settings/service-accounts/", service_accounts.list_services, name="services"),
    path("settings/service-accounts/new", service_accounts.new_service, name="new_service"),
    path("settings/service-accounts/<uuid:member_id>/", service_accounts.edit_service, name="service"),
    path(
        "settings/service-accounts/<uuid:member_id>/tokens/new",
        service_accounts.new_service_token,
        name="new_service_token",
    ),
    path("settings/single-sign-on/", sign_on.list_providers, name="sign_ons"),
    path("settings/single-sign-on/new", sign_on.edit_provider, name="new_sign_on"),
    path("settings/single-sign-on/<uuid:provider_id>/", sign_on.edit_provider, name="sign_on"),
    path("settings/single-sign-on/<uuid:provider_id>/test", sign_on.test_provider, name="test_sign_on"),
    path("settings/single-sign-on/<uuid:provider_id>/delete", sign_on.remove_provider, name="delete_sign_on"),
    path("settings/teams/", teams.list_teams, name="teams"),
    path("settings/teams/new", teams.edit_team, name="new_team"),
    path("settings/teams/<uuid:team_id>/", teams.edit_team, name="team"),
    path("settings/teams/<uuid:team_id>/delete", teams.remove_team, name="delete_team"),
    path("settings/roles/", roles.list_roles, name="roles"),
    path("settings/roles/new", roles.edit_role, name="new_role"),
    path("settings/roles/<uuid:role_id>/", roles.edit_role, name="role"),
    path("settings/roles/<uuid:role_id>/delete", roles.remove_role, name="delete_role"),
    path("settings/tokens/", tokens.list_tokens, name="tokens"),
    path("settings/tokens/new", tokens.new_token, name="new_token"),
    path("settings/tokens/<uuid:token_id>/revoke", tokens.end_token, name="revoke_token"),
    path("settings/types/", types.list_types, name="types"),
    path("settings/types/new", types.edit_type, name="new_type"),
    path("settings/types/<slug:slug>/", types.edit_type, name="type"),
    path("settings/types/<slug:slug>/delete", types.remove_type, name="delete_type"),
    path("settings/fields/", fields.list_fields, name="fields"),
    path("settings/fields/<slug:slug>/new", fields.edit_field, name="new_field"),
    path("settings/fields/<slug:slug>/<uuid:field_id>/", fields.edit_field, name="field"),
    path("settings/fields/<slug:slug>/<uuid:field_id>/delete", fields.remove_field, name="delete_field"),
    path("settings/fields/<slug:slug>/<uuid:field_id>/move", fields.move_field, name="move_field"),
]
