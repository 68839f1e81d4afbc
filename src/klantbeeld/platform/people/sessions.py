"""Sessions that know whose they are: found with their account in one question, and ended with it."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

from klantbeeld.platform.people.models import Session


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the account beside the data."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The model in which they are kept."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row for what a session holds."""
        made: Any = super().create_model_instance(data)
        made.user_id = data.get(SESSION_KEY)
        return made

    def read_ahead(self, stored: str) -> None:
        """Take over what was stored in the row of this session, found in a query of one's own."""
        self._session_cache = self.decode(stored)
