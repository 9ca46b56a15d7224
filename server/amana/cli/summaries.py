"""`amana summaries`: what leaves the desk."""

import sys
from datetime import date
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import OUTPUT_FILE, settings
from amana.core.places import Areas
from amana.core.tiers import LEVELS, TIERS
from amana.core.vocabulary import Vocabulary
from amana.desk.summaries import Question, take_out, whole_weeks
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
@click.option("--tier", type=click.Choice(TIERS), default="internal", help="Who it is for.")
@click.option("--area", type=click.Choice(LEVELS), default="adm2", help="The smallest areas.")
@click.option("--output", "-o", type=OUTPUT_FILE, help="A file, not stdout.")
def export(first: date, last: date, tier: str, area: str, output: Path | None) -> None:
    """Write the CSV of every week that has a day between --from and --to: the desk's very file.

    One for partners or the public is kept as a release: its weeks are told the same ever after.
    """
    if first > last:
        raise click.UsageError("--from is after --to")
    if (tier, area) == ("public", "adm3"):
        raise click.UsageError("the public is told of districts at the finest")
    vocabulary, areas = Vocabulary.load(), Areas.load()
    at, today = settings(), clock.today()
    asked = Question(*whole_weeks(first, last), tier, area)
    with store.opened(at.database_url), store.writing():
        sheet, subject = take_out(asked, at.thresholds, today)
        store.audit.append("exported", "", subject, today)
    text = "".join(summary_csv(sheet, areas, vocabulary))
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, "utf-8", newline="")
