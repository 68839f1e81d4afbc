"""What the import rules can't see: foreign keys by name, templates and addresses across packages, and sizes."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).parents[1] / "src" / "klantbeeld"
# From the ground up; a package may know those before it.
ORDER = ["platform", "customers", "interactions", "commerce", "site"]
ADDRESS = re.compile(r"""(?:\{% url ["']|reverse\(["']|redirect\(["'])(\w+):""")
INCLUDE = re.compile(r"""\{% (?:include|extends) ["'](\w+)/""")
FILE_LIMIT, FUNCTION_LIMIT, TEMPLATE_LIMIT = 500, 60, 250
NOT_CODE = {"migrations", "tests", "data", "node_modules", "built"}
FORBIDDEN_NAMES = {"utils", "common", "core", "helpers", "misc", "extras"}


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def code() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if not NOT_CODE & set(path.relative_to(SOURCE).parts)]


def test_no_foreign_key_points_up():
    for model in apps.get_models():
        home = model.__module__.split(".")
        if home[0] != "klantbeeld":
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is None or not field.related_model.__module__.startswith("klantbeeld."):
                continue
            target = field.related_model.__module__.split(".")[1]
            assert ORDER.index(target) <= ORDER.index(home[1]), f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize(("pattern", "what"), [(ADDRESS, "address"), (INCLUDE, "template")])
def test_no_page_reaches_up_into_another_package(pattern, what):
    owners = {app.label: app.name.split(".")[1] for app in apps.get_app_configs() if app.name.startswith("klantbeeld.")}
    for path in [*code(), *SOURCE.rglob("templates/**/*.html")]:
        home = package_of(path)
        for name in pattern.findall(path.read_text()):
            if name in owners:
                assert ORDER.index(owners[name]) <= ORDER.index(home), f"{path}: {what} of {name}"


def test_nothing_is_named_for_nothing():
    for path in code():
        assert not FORBIDDEN_NAMES & {path.stem, *path.relative_to(SOURCE).parts}, path


def test_files_and_functions_stay_small():
    for path in code():
        text = path.read_text()
        assert text.count("\n") <= FILE_LIMIT, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < FUNCTION_LIMIT, f"{path}:{node.name}"
    for path in SOURCE.rglob("templates/**/*.html"):
        assert path.read_text().count("\n") <= TEMPLATE_LIMIT, path


def test_no_template_holds_script_or_style():
    inline = re.compile(
        r"<script|<style|\sstyle=|\son(?:click|change|submit|load|input|key\w+|focus|blur|error|mouse\w+)=|javascript:",
        re.IGNORECASE,
    )
    for path in SOURCE.rglob("templates/**/*.html"):
        found = inline.search(path.read_text().replace('<script type="module" src=', ""))
        assert found is None, f"{path}: {found.group()}"


def test_nothing_listens_to_signals_of_the_framework():
    for path in code():
        assert "django.dispatch" not in path.read_text(), path
        assert "db.models.signals" not in path.read_text(), path
