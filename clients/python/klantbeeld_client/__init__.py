"""A typed client of Klantbeeld's API."""

from klantbeeld_client.connection import Connection, Page, Records, Refused
from klantbeeld_client.records import Client

__all__ = ["Client", "Connection", "Page", "Records", "Refused"]
