"""How allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: colleagues are added by those who may, the first one by a one-time link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
