"""Addresses that somebody vouches for, so that nobody has to prove them by mail."""

from allauth.account.models import EmailAddress

from klantbeeld.platform.people.models import User


def vouch_for_address(user: User) -> None:
    """Count the account's e-mail address as proven; whoever makes an account for somebody knows that it is theirs.

    Without it allauth would refuse a second factor, while an installation may have no mail server to prove it with.
    An address that another account has proven stays that account's.
    """
    taken = EmailAddress.objects.filter(email__iexact=user.email, verified=True).exclude(user=user).exists()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": not taken, "primary": True}
    )
