"""What others may use of people."""

from klantbeeld.platform.people.models import User


def display_name(user: User) -> str:
    """How an account is shown: its name, else its e-mail address."""
    return str(user)
