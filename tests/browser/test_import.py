"""A file is brought in and taken back, while a worker does the work."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

FILE = """Customer number;First name;Last name;E-mail;Postcode;City
K-1;Hanna;de Wit;hanna@example.org;1011 AB;Amsterdam
K-2;Omar;Haddad;omar@example.org;2511 CD;Den Haag
K-3;Saar;Postma;this is no address;8911 EF;Leeuwarden
"""


@pytest.fixture
def worker(site: str, settings: Any) -> Iterator[None]:
    """The worker as it runs beside the product, with the files where both look for them."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": settings.DATA / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": kept}
    owner = settings.DATABASES["owner"]
    signed_in = owner["USER"] + (f":{owner['PASSWORD']}" if owner["PASSWORD"] else "")
    url = f"postgresql://{signed_in}@{owner['HOST']}:{owner['PORT']}/{owner['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "KLANTBEELD_DATA": str(settings.DATA)}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    with subprocess.Popen([sys.executable, "-m", "django", "worker"], env=environment) as process:
        yield
        process.terminate()


def test_a_file_is_tried_brought_in_and_undone(alice, worker):
    alice.goto("/customers/")
    alice.get_by_role("link", name="Import", exact=True).click()
    expect(alice.get_by_label("What is in it?")).to_have_value("customers")
    file = {"name": "klanten.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    alice.get_by_label("File").set_input_files(file)
    alice.get_by_role("button", name="Look at the file").click()
    expect(alice.get_by_label("E-mail", exact=True)).to_have_value("email")
    expect(alice.get_by_label("First name")).to_have_value("given_name")
    alice.get_by_role("button", name="Try it without storing").click()
    expect(alice.get_by_text("2 new, 0 changed, 0 left as they are, 1 refused.")).to_be_visible()
    alice.get_by_role("button", name="Import", exact=True).click()
    expect(alice.get_by_text("What it came to")).to_be_visible()
    expect(alice.get_by_text("Why rows were refused")).to_be_visible()
    alice.once("dialog", lambda asked: asked.accept())
    alice.get_by_role("button", name="Undo").click()
    expect(alice.get_by_text("2 deleted, 0 given their former values back.")).to_be_visible()
