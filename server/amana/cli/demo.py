"""`amana demo`: a throw-away organisation with the sample reports in it."""

import json
import os
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import new_passphrase
from amana.config import Settings
from amana.core import encoding, keyset
from amana.core.envelope import seal
from amana.core.report import encode_report
from amana.organisation import NewMember, Organisation, Plan, create_organisation
from amana.serving import run_together

MEMBERS = (("rima", "administrator"), ("amal", "reviewer"), ("basel", "coordinator"))


@click.command()
@click.option("--report-bind", default="127.0.0.1:8000", show_default=True)
@click.option("--desk-bind", default="127.0.0.1:8001", show_default=True)
@click.pass_context
def demo(context: click.Context, report_bind: str, desk_bind: str) -> None:
    """Make a throw-away organisation, seal the sample reports into it and serve both apps.

    It lives in a temporary folder and is gone when it ends. The reports are invented, dated 2031.
    """
    with tempfile.TemporaryDirectory(prefix="amana-demo-") as folder:
        at = Settings(home=Path(folder), database_url=f"sqlite:///{folder}/amana.sqlite3")
        passphrases = {name: new_passphrase() for name, _ in MEMBERS}
        click.echo("Making an organisation and sealing the sample reports ...")
        members = [NewMember(name, role, passphrases[name]) for name, role in MEMBERS]
        create_organisation(at.home, at.database_url, Plan("Amana demo", members), clock.today())
        organisation = Organisation.load(at.home)
        sealed = seal_samples(organisation)
        with store.opened(at.database_url), store.writing():
            store.envelopes.put(sealed, clock.today())
        binds = {"report": report_bind, "desk": desk_bind}
        ended = run_together(
            binds,
            1,
            lambda: _announce(organisation, passphrases, binds),
            {
                **os.environ,
                "AMANA_HOME": str(at.home),
                "AMANA_DATABASE_URL": at.database_url,
            },
        )
    context.exit(ended)


def seal_samples(organisation: Organisation) -> list[bytes]:
    """The sample reports, each sealed to the organisation's current desk key."""
    lines = (resources.files("amana") / "data/sample_reports.jsonl").read_text("utf-8")
    newest = organisation.key_set.desk[-1].pub
    return [seal(encode_report(_report(json.loads(line))), newest) for line in lines.splitlines()]


def _report(sample: dict[str, object]) -> dict[str, object]:
    return {
        "v": 1,
        "kind": sample["kind"],
        "lang": sample["lang"],
        "app": "sample",
        "answers": sample["answers"],
        "made": str(sample["submitted_at"])[:10],
    }


def _announce(
    organisation: Organisation, passphrases: Mapping[str, str], binds: Mapping[str, str]
) -> None:
    click.echo(f"""
  Reporter app   http://{binds["report"]}/
  Desk           http://{binds["desk"]}/
  Root print     {keyset.digits(encoding.b64decode(organisation.root_print))}
""")
    for name, role in MEMBERS:
        click.echo(f"  {name:8}{role:15}{passphrases[name]}")
    click.echo("""
  A browser that has seen an earlier demo holds on to that one's root print: use a private window.
  Ctrl-C ends this one and removes everything.""")
