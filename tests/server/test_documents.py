"""The documents tell the truth of today."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("tests/**/*.md")]
)


def package_names() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    python = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    client = json.loads((ROOT / "client/package.json").read_text())
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in python}
    return names | set(client["dependencies"]) | set(client["devDependencies"])


def test_every_dependency_has_its_line_of_reason_and_no_line_is_left_over() -> None:
    text = (ROOT / "docs/DEPENDENCIES.md").read_text()
    listed = set(re.findall(r"^\| (@?[\w./-]+) \|", text, re.MULTILINE)) - {"package"}
    assert listed == package_names()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
    missing = [t for t in targets if "://" not in t and not (document.parent / t).exists()]
    assert missing == []


@pytest.mark.parametrize("document", ["THREAT_MODEL", "REPORTER_SAFETY"])
def test_every_promise_names_tests_that_exist(document: str) -> None:
    text = (ROOT / f"docs/{document}.md").read_text()
    named = re.findall(r"`(tests/[\w/.-]+)::(\w+)`", text)
    assert len(named) >= 12
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(), f"{file}::{test}"


def test_every_promise_row_of_the_threat_model_names_a_test() -> None:
    text = (ROOT / "docs/THREAT_MODEL.md").read_text()
    section = text.split("## Promises")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 10
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize(("language", "quoted"), [("en", "“([^”]+)”"), ("ar", "«([^»]+)»")])
def test_what_the_guide_for_reporters_quotes_is_on_the_screen(language: str, quoted: str) -> None:
    words = json.loads((ROOT / f"server/amana/data/languages/{language}.json").read_text())
    guide = (ROOT / "docs/REPORTER_SAFETY.md").read_text()
    quotes = set(re.findall(quoted, guide)) - {" "}
    assert len(quotes) >= 12
    assert quotes - set(texts_in(words)) == set()


def texts_in(words: object) -> Iterator[str]:
    """Every text of a language file."""
    if isinstance(words, dict):
        for each in words.values():
            yield from texts_in(each)
    elif isinstance(words, str):
        yield words


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        named = re.findall(r"`make ([a-z-]+)", document.read_text())
        assert set(named) <= targets, document.name


def test_the_tree_in_the_architecture_is_the_tree_on_disk() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text()
    tree = text.split("## The tree")[1].split("Imports go down only")[0]
    server = tree.split("server/amana/")[1].split("client/\n")[0]
    named = {word for line in server.splitlines() for word in names_in(line)}
    here = {path.stem for path in (ROOT / "server/amana").iterdir()} - {"__init__", "__main__"}
    assert here - {"__pycache__", "static"} == named - {"static"}


def names_in(line: str) -> list[str]:
    """The names at the head of a line of the tree: two or more spaces end them."""
    head = re.split(r"\s{3,}", line.strip())[0] if line.startswith("      ") else ""
    return [word.rstrip("/") for word in head.split()]


def test_the_table_of_failures_is_what_the_tests_say_they_cover() -> None:
    check = subprocess.run(
        [sys.executable, "-m", "tests.failures", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stdout) == (0, "")
