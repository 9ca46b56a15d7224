"""`make bench`: run every measurement, print one table, write `build/bench.json`."""

import importlib
import json
import pkgutil
import sys
from dataclasses import asdict
from pathlib import Path

from tests import benchmarks
from tests.benchmarks.rows import Row

RESULT = Path(__file__).parents[2] / "build" / "bench.json"


def main(chosen: list[str]) -> None:
    """Run the modules named on the command line, or all that have a `measure`."""
    rows: list[Row] = []
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if chosen and module.name not in chosen:
            continue
        measure = getattr(
            importlib.import_module(f"{benchmarks.__name__}.{module.name}"), "measure", None
        )
        if measure is not None:
            print(f"measuring {module.name} ...", file=sys.stderr)
            rows.extend(measure())
    print(table(rows))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


def table(rows: list[Row]) -> str:
    """The rows as aligned text: what, value, unit, ratio and aim where there are any."""
    cells = [
        (row.name, f"{row.value:,.2f}", row.unit, *(_short(x) for x in (row.ratio, row.aim)))
        for row in rows
    ]
    cells.insert(0, ("what", "value", "unit", "ratio", "aim"))
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _short(value: float | str | None) -> str:
    return "" if value is None else str(value) if isinstance(value, str) else f"{value:.2f}"


if __name__ == "__main__":
    main(sys.argv[1:])
