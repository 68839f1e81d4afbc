"""The pages are true: what they tell people to type works, and what they list is all there is."""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from psycopg import sql

from klantbeeld.platform.access.abilities import abilities
from klantbeeld.platform.conditions.public import Kind, Measure, Unit, operators
from klantbeeld.platform.ui.catalogues import catalogue_paths

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "klantbeeld"
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *SOURCE.rglob("*.md")]
    if "node_modules" not in page.parts
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = ROOT / "docs" / "developer-guide.md"
EXAMPLE = "## Add a record type in ten minutes"
_FENCE = re.compile(r"(?:^`([^`\n]+)`\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def owner_connection(database: str) -> psycopg.Connection[Any]:
    owner = settings.DATABASES["owner"]
    return psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        dbname=database,
        autocommit=True,
    )


def carry_out(place: Path, kind: str, text: str) -> None:
    """Do to a file what a block of the guide says: write it, change it, or add to its end."""
    if kind == "python":
        place.write_text(text, encoding="utf-8")
        return
    before = place.read_text(encoding="utf-8")
    if kind == "po":
        place.write_text(before + text, encoding="utf-8")
        return
    lines = text.splitlines(keepends=True)
    old = "".join(line[1:] or "\n" for line in lines if not line.startswith("+"))
    new = "".join(line[1:] or "\n" for line in lines if not line.startswith("-"))
    assert before.count(old) == 1, f"{place} has no such lines any more:\n{old}"
    place.write_text(before.replace(old, new), encoding="utf-8")


def run(command: list[str], folder: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    paths = [str(folder / "src"), str(folder), os.environ.get("PYTHONPATH", "")]
    given = {
        "PYTHONPATH": os.pathsep.join(paths),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "klantbeeld.config.settings"),
        "KLANTBEELD_DATA": str(settings.DATA),  # the collected static files are there
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def copy_of_the_tree(tmp_path: Path) -> Path:
    left_out = shutil.ignore_patterns("__pycache__", "node_modules", "*.xz", ".mypy_cache")
    for folder in ("src", "tests", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=left_out)
    for file in ("conftest.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


@pytest.fixture
def no_template_is_left() -> Iterator[None]:
    """The example's tables are in a template database of their own, which nobody needs afterwards."""
    query = "SELECT datname FROM pg_database WHERE datname LIKE 'klantbeeld_template_%'"
    with owner_connection("postgres") as server:
        before = {row[0] for row in server.execute(query)}
        yield
        for (name,) in server.execute(query).fetchall():
            if name not in before and _has_suppliers(name):
                server.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _has_suppliers(database: str) -> bool:
    with owner_connection(database) as connection:
        found = connection.execute("SELECT to_regclass('public.commerce_supplier') IS NOT NULL").fetchone()
    return bool(found and found[0])


_UNTRANSLATED = """
import django
django.setup()
from klantbeeld.platform.ui.catalogues import missing
print([str(asked.path) for asked in missing("nl")])
"""


def test_the_guide_adds_a_record_type_that_holds_its_contract(copy_of_the_tree, no_template_is_left):
    example = GUIDE.read_text(encoding="utf-8").split(EXAMPLE)[1]
    tested = 0
    for file, kind, text in _FENCE.findall(example):
        if file:
            carry_out(copy_of_the_tree / file, kind, text)
            continue
        assert kind == "sh", f"A block of {kind} that names no file."
        for _launcher, verb, *arguments in (shlex.split(line) for line in text.splitlines()):
            if verb == "manage":
                run([sys.executable, "-m", "django", *arguments], copy_of_the_tree)
            elif verb == "test" and arguments:
                told = run([sys.executable, "-m", "pytest", "-q", *arguments], copy_of_the_tree)
                tested = int(re.search(r"(\d+) passed", told)[1])
    assert tested > 25
    assert "uppli" not in run([sys.executable, "-c", _UNTRANSLATED], copy_of_the_tree)


def environment_variables() -> set[str]:
    """Every variable that settings and command line read, by looking at the calls and not at the words."""
    found = set()
    files = [*SOURCE.glob("config/*.py"), *SOURCE.glob("site/cli/**/*.py"), *SOURCE.glob("platform/embedded/*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).split(".")[0] in {"env", "os"}:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.isupper():
                    found.add(first.value)
    return found


# Not for people: set by the launcher, or by the system.
OF_THE_SYSTEM = {"PATH", "DJANGO_SETTINGS_MODULE"}


def test_every_environment_variable_is_in_the_readme():
    absent = {name for name in environment_variables() - OF_THE_SYSTEM if f"`{name}`" not in README}
    assert not absent


def test_every_verb_of_the_command_line_is_in_the_readme():
    verbs = {file.stem for file in SOURCE.glob("site/cli/verbs/*.py")} - {"__init__"}
    assert verbs
    assert not {verb for verb in verbs if f"`./klantbeeld {verb}" not in README}


def test_every_ability_is_in_the_developer_guide():
    text = GUIDE.read_text(encoding="utf-8")
    assert abilities()
    assert not {ability for ability in abilities() if f"`{ability}`" not in text}


def test_every_kind_operator_measure_and_unit_is_in_the_page_on_conditions():
    text = (ROOT / "docs" / "conditions.md").read_text(encoding="utf-8")
    words = {kind.value for kind in Kind} | {operator.name for kind in Kind for operator in operators(kind)}
    words |= {each.value for each in [*Measure, *Unit]}
    assert not {word for word in words if f"`{word}`" not in text}


# What the product shows without a translation: the languages in their own words.
OWN_NAMES = {"nederlands", "english"}


@pytest.mark.parametrize(("page", "language"), [("user-guide.md", "en"), ("gebruikersgids.md", "nl")])
def test_every_label_that_a_guide_names_is_in_the_product(page, language):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = {label.replace("\n", " ").casefold() for label in re.findall(r"(?<!\*)\*([^*`]+)\*(?!\*)", text)}
    assert len(named) > 20
    assert not named - OWN_NAMES - set(labels(language))


def labels(language: str) -> Iterator[str]:
    """The texts of the product in a language, from its catalogues."""
    for path in catalogue_paths("nl"):
        with path.open("rb") as file:
            for message in read_po(file, locale="nl"):
                texts = message.id if language == "en" else message.string
                for text in texts if isinstance(texts, tuple | list) else [texts]:
                    yield text.replace("’", "'").casefold()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _sign, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {anchor_of(heading) for heading in headings}, link


def anchor_of(heading: str) -> str:
    """The anchor that GitHub and most others give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
