"""Write the vectors that are missing: `python -m tests.vectors.generate` (see README.md)."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.vectors.make import (
    envelopes,
    keysets,
    mailboxes,
    member_keys,
    parcels,
    receipts,
    reports,
)
from tests.vectors.make.form import Vector

HERE = Path(__file__).parent
MAKERS = (envelopes, reports, parcels, keysets, receipts, member_keys, mailboxes)


def every_vector() -> Iterator[Vector]:
    for maker in MAKERS:
        yield from maker.vectors()


def main() -> None:
    for vector in every_vector():
        path = HERE / vector.path
        if path.exists():
            continue
        path.parent.mkdir(exist_ok=True)
        made = json.dumps(vector.make(), ensure_ascii=False, indent=1)
        path.write_text(made + "\n", "utf-8")
        print(vector.path)


if __name__ == "__main__":
    main()
