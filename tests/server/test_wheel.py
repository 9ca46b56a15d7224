"""The wheel is the whole product: no Node, no checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ASK = """
import sys
from amana.config import Settings
from amana.report import create_report_app
client = create_report_app(Settings.from_environ()).test_client()
print(sys.modules["amana"].__file__)
print(*(client.get(path).status_code for path in ("/", "/sw.js", "/keys.jws")))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_built_client_the_data_and_the_migrations(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    built = {
        f"amana/{path.relative_to(ROOT / 'server/amana')}"
        for path in (ROOT / "server/amana/static").rglob("*")
        if path.is_file()
    }
    assert built
    assert built <= names
    assert {
        "amana/data/vocabulary.json",
        "amana/export/situation.typ",
        "amana/migrations/env.py",
        "amana/static/places/outline.json",
    } <= names


def test_what_the_wheel_installs_serves_the_app_without_node(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    (tmp_path / "passphrase").write_text("seven plain words for the first member")
    environment = {
        **os.environ,
        "PATH": str(tmp_path),
        "PYTHONPATH": str(installed),
        "AMANA_HOME": str(tmp_path / "home"),
    }

    def run(*arguments: str) -> str:
        command = [sys.executable, "-P", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        ).stdout

    init = ("--name", "Wheel", "--member", "rima", "--passphrase-file", "passphrase")
    run("-m", "amana", "init", *init)
    where, answers = run("-c", ASK).splitlines()
    assert Path(where).is_relative_to(installed)
    assert answers == "200 200 200"
