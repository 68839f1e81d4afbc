"""Fixtures for all tests: a database cloned from a template, and the cast.

Alice owns Noorderlicht; Bob is an agent there, Carol an agent of another team; Dave owns another organisation; Eve
has an account and belongs nowhere.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from psycopg import sql

SOURCE = Path(__file__).parent / "src" / "klantbeeld"
_LOCK = 7_305_311


def _server(name: str = "postgres") -> psycopg.Connection[Any]:
    owner = settings.DATABASES["owner"]
    return psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        dbname=name,
        autocommit=True,
    )


def _fingerprint() -> str:
    made = hashlib.sha256()
    for path in sorted([*SOURCE.rglob("migrations/*.py"), *SOURCE.rglob("models/*.py"), *SOURCE.rglob("models.py")]):
        made.update(path.read_bytes())
    for path in sorted([*SOURCE.rglob("sealing.py"), SOURCE / "platform/audit/triggers.py"]):
        made.update(path.read_bytes())
    return made.hexdigest()[:12]


def _point_at(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def _clone(template: str, name: str) -> None:
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def _template() -> str:
    name = f"klantbeeld_template_{_fingerprint()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        made = server.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone()
        if made is None:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            _point_at(name)
            call_command("migrate", verbosity=0)
            connections.close_all()
            server.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))
    return name


def pytest_configure() -> None:
    # Names with a hash need collected files, which tests don't have.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # The cast's second organisation has an address of its own.
    hosts = [*settings.ALLOWED_HOSTS, ".example"]
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}, ALLOWED_HOSTS=hosts).enable()


@pytest.fixture(scope="session")
def database_name() -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"klantbeeld_test_{worker}_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, database_name: str) -> Iterator[None]:
    with django_db_blocker.unblock():
        template = _template()
        _clone(template, database_name)
        _point_at(database_name)
    yield
    with django_db_blocker.unblock(), _server() as server:
        connections.close_all()
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database_name)))


@pytest.fixture
def committing_db(django_db_setup: None, django_db_blocker: Any, database_name: str) -> Iterator[None]:
    """A database in which transactions commit; put back to the template afterwards. For several connections at once."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        _clone(_template(), database_name)
        _point_at(database_name)


@dataclass
class Cast:
    """The people of a test, as actors, with what they need to sign in."""

    tenant: Any
    other_tenant: Any
    password: str = "fiets-langs-de-vecht"  # noqa: S105 - of nobody real
    actors: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, name: str) -> Client:
        """A browser without a window, signed in as somebody of the cast."""
        from klantbeeld.platform.people.models import User

        client = Client(headers={"accept-language": "en"}, raise_request_exception=True)
        client.force_login(User.objects.get(email=f"{name}@example.org"))
        return client


def make_cast() -> Cast:
    """Two organisations with their people; the scope is left as it was."""
    from klantbeeld.platform.access.actor import of_user
    from klantbeeld.platform.access.models import MemberRole, Role
    from klantbeeld.platform.people.models import Member, Team, TeamMember, User
    from klantbeeld.platform.tenancy.models import Tenant
    from klantbeeld.platform.tenancy.scope import Scope, entered

    cast = Cast(
        Tenant.objects.create(slug="noorderlicht", name="Noorderlicht Fietsen", hosts=["testserver", "localhost"]),
        Tenant.objects.create(slug="zuiderzee", name="Zuiderzee Zeilen", hosts=["zuiderzee.example"]),
    )
    agent = {"*": {"read": "team", "create": "team", "change": "team", "delete": "own", "export": "none"}}
    people = [
        ("alice", cast.tenant, None),
        ("bob", cast.tenant, "Service"),
        ("carol", cast.tenant, "Sales"),
        ("dave", cast.other_tenant, None),
    ]
    for name, tenant, team in people:
        user = User.objects.create(email=f"{name}@example.org", name=name.capitalize())
        with entered(Scope(tenant.id)):
            member = Member.objects.create(user=user, name=name.capitalize())
            role, _made = Role.objects.get_or_create(
                name="Agent" if team else "Owner",
                defaults={"is_owner": team is None, "grants": {"records": agent} if team else {}},
            )
            MemberRole.objects.create(member=member, role=role)
            if team:
                TeamMember.objects.create(team=Team.objects.get_or_create(name=team)[0], member=member)
            cast.actors[name] = of_user(tenant, user.id)
    User.objects.create(email="eve@example.org", name="Eve")
    return cast


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """A folder of the test's own, in which uploads and exports are kept."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": kept}
    return tmp_path


@pytest.fixture
def make() -> Any:
    """Make a record through the write path: `make(actor, slug, **values)`."""
    from klantbeeld.platform.records.registry import registry

    def made(actor: Any, slug: str, **values: Any) -> Any:
        record_type = registry.get(slug)
        return record_type.writer(record_type, actor).create(values)

    return made


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, in the scope of Noorderlicht with Alice at work."""
    from klantbeeld.platform.tenancy.scope import Scope, entered

    made = make_cast()
    with entered(Scope(made.tenant.id, made.alice.member_id, "web")):
        yield made


@pytest.fixture
def kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read again every few seconds isn't: for counting queries on a machine of any speed."""
    from klantbeeld.platform.customfields import public as own_fields
    from klantbeeld.platform.tenancy import middleware

    for module in (middleware, own_fields):
        monkeypatch.setattr(module, "_KEPT_SECONDS", 3600)
