"""What can go wrong with the database that comes along, in words for the person at the terminal."""


class EmbeddedDatabaseError(Exception):
    """The database could not be prepared, started or stopped; the message says what to do."""
