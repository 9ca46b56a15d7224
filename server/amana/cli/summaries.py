"""`amana summaries`: what leaves the desk."""

import sys
from datetime import date
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import OUTPUT_FILE, settings
from amana.core.places import Areas
from amana.core.vocabulary import Vocabulary
from amana.desk.summaries import released, whole_weeks
from amana.export.csv import summary_csv


class Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail("a day is written YYYY-MM-DD", param, ctx)


@click.group()
def summaries() -> None:
    """Take out summaries after the disclosure rule."""


@summaries.command()
@click.option("--from", "first", type=Day(), required=True, help="The first day.")
@click.option("--to", "last", type=Day(), required=True, help="The last day.")
@click.option("--output", "-o", type=OUTPUT_FILE, help="A file, not stdout.")
def export(first: date, last: date, output: Path | None) -> None:
    """Write the CSV of every week that has a day between --from and --to: the desk's very file."""
    if first > last:
        raise click.UsageError("--from is after --to")
    vocabulary, areas = Vocabulary.load(), Areas.load()
    with store.opened(settings().database_url):
        weeks = whole_weeks(first, last)
        cells = released(*weeks)
        with store.writing():
            store.audit.append("exported", "", "{} {}".format(*weeks), clock.today())
    text = "".join(summary_csv(cells, areas, vocabulary))
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, "utf-8", newline="")
