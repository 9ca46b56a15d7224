"""Today's public zone under gunicorn, giving out an old build in place of today's.

usage: python -m tests.releases.server FOLDER --bind ADDRESS --workers COUNT
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask

from amana.config import Settings
from amana.organisation import Organisation
from amana.report import create_report_app
from amana.serving import run_zone
from tests.releases import Release

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class Old:
    """Gives out what a release gave out, and hands everything else on."""

    def __init__(self, app: WSGIApplication, release: Release, root_print: str) -> None:
        self._app = app
        self._answers = release.answers(root_print)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        answer = self._answers.get(environ["PATH_INFO"])
        if answer is None:
            return self._app(environ, start_response)
        start_response(
            "200 OK", [*answer.headers.items(), ("Content-Length", str(len(answer.body)))]
        )
        return [answer.body]


def make_app(folder: Path) -> Flask:
    """The public zone with the old build in it, for the organisation of the environment."""
    settings = Settings.from_environ()
    app = create_report_app(settings)
    root_print = Organisation.load(settings.home).root_print
    app.wsgi_app = Old(app.wsgi_app, Release(folder), root_print)  # type: ignore[method-assign]
    return app


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--bind", required=True)
@click.option("--workers", required=True, type=int)
def main(folder: Path, bind: str, workers: int) -> None:
    """Serve until a signal ends it."""
    run_zone(lambda: make_app(folder), bind, workers)


if __name__ == "__main__":
    main()
