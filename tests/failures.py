"""The ways an offline client fails, and which test covers each: `docs/FAILURES.md`.

A test says what it covers with `@pytest.mark.failure("F01", ...)`, a test in TypeScript with
`[F01]` in its title. `python -m tests.failures` writes the table; a test compares it with the one
on disk.
"""

import contextlib
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs/FAILURES.md"

FRONT_RANKS = frozenset(
    f"F{number:02}"
    for number in (
        *range(1, 18),
        30,
        *range(32, 42),
        44,
        46,
        *range(49, 57),
        58,
        69,
        73,
        76,
        79,
        *range(84, 89),
    )
)
"""What no release goes out without."""

ENTRIES = {
    "F01": "The answer is lost after the server committed",
    "F02": "The browser itself sends a POST twice",
    "F03": "A status line that is cut short looks like success",
    "F04": "A body that is cut short looks whole",
    "F05": "A captive portal answers 200",
    "F06": "Two tabs send at once",
    "F07": "A sync event races the page",
    "F08": "A record is taken out before it is sent",
    "F09": "The worker is stopped in the middle of a request",
    "F10": "A server error counts as delivered",
    "F11": "Attempts run out",
    "F12": "Records expire",
    "F13": "One poisoned record blocks the rest",
    "F14": "One draft in two tabs becomes one id with two contents",
    "F15": "A record is edited after a part of it went out",
    "F16": "A record is deleted although sending failed",
    "F17": "A double tap makes two records",
    "F18": "Parts of a report arrive without the others",
    "F19": "A resend after deletion raises the dead or fails for ever",
    "F20": "The phone's clock is years off",
    "F21": "Sending while the page unloads fails in silence",
    "F22": "A half-open connection hangs the queue",
    "F23": "navigator.onLine lies",
    "F24": "Nothing starts sending after the network returns",
    "F25": "A consumed request body is sent again, empty",
    "F26": "Everybody returns at the same moment",
    "F27": "iOS deletes storage after seven days without a visit",
    "F28": "An installed app on iOS has an empty storage of its own",
    "F29": "The browser evicts the whole origin",
    "F30": "persist() never settles",
    "F31": "estimate() tells stories",
    "F32": "The quota is exceeded: the request succeeds, the transaction aborts",
    "F33": "The disk is full: the database does not open",
    "F34": "The database's files are damaged",
    "F35": "The connection to the database is lost",
    "F36": "Blobs cannot be stored",
    "F37": "The database connection is closing",
    "F38": "An upgrade is blocked by another tab",
    "F39": "An upgrade empties the queue",
    "F40": "An older build meets a newer database",
    "F41": "A transaction dies across an await",
    "F42": "The browser is killed while it writes",
    "F43": "A private window forgets",
    "F44": "Tor Browser: no worker, nothing persists",
    "F45": "Browsers inside other apps",
    "F46": "The tab is killed behind the camera or the keyboard",
    "F47": "A photo exhausts the memory",
    "F48": "localStorage keeps what was deleted",
    "F49": "A shell of six months ago meets today's server",
    "F50": "A new worker swaps files under an open form",
    "F51": "A missing file is answered with the page",
    "F52": "A portal's page is cached as a script",
    "F53": "A portal or an error answers for the worker's script",
    "F54": "A redirected answer is cached and then used to open the page",
    "F55": "Opaque answers are cached",
    "F56": "A broken worker bricks the app",
    "F57": "Nobody looks for an update",
    "F58": "Installing never ends on a slow link",
    "F59": "An update drops what was kept for offline",
    "F60": "The network goes right after the first visit",
    "F62": "Background sync is a bonus only",
    "F63": "A test that never met its fault",
    "F64": "A large upload never ends on 2G",
    "F65": "An upload's offset is in dispute",
    "F66": "Streaming request bodies are not everywhere",
    "F67": "Slow clients occupy the server",
    "F68": "The page is rendered on somebody else's server",
    "F69": "Plain http gives half a browser",
    "F70": "The address is blocked",
    "F71": "Middleboxes change headers and encodings",
    "F72": "Retries and updates burn paid data",
    "F73": "X25519 is missing in the browser",
    "F74": "Post-quantum primitives are missing in the browser",
    "F75": "randomUUID and friends are missing",
    "F76": "Sealed to a key that is gone",
    "F77": "Encrypted after it was saved",
    "F79": "Arabic digits vanish",
    "F80": "Dates in another calendar and script",
    "F81": "Bidirectional text confuses or deceives",
    "F82": "The keyboard covers the button",
    "F83": "Keyboard and autofill learn the report",
    "F84": "Session restore writes the text to disk",
    "F85": "Back shows the form again after leaving",
    "F86": "Clearing site data leaves the worker",
    "F87": "Titles and addresses stay in the history",
    "F88": "Deleted records stay on the disk",
    "F89": "QR codes without a detector",
    "F90": "Sharing a file is not possible",
    "F91": "SMS as a way out",
    "F92": "Photos carry places",
    "F93": "Notifications leave traces",
    "F94": "The app switcher shows the form",
    "F95": "Somebody is told 'saved' where nothing was",
}
"""Entries that concern the reporter; F61, F78 and F96 to F100 concern the desk."""

NOT_AUTOMATED = {
    "F18": "a report has one part: there are no attachments yet",
    "F27": "needs a real iPhone and a week without a visit",
    "F28": "needs a real iPhone; the app never asks to be installed",
    "F47": "there are no photos yet",
    "F65": "there are no resumed uploads: a record travels whole",
    "F91": "not offered: it would name the sender to the operator",
    "F92": "there are no photos yet",
}
"""Why no test covers an entry."""


_TITLE = re.compile(r"""(["'`])((?:(?!\1).)*\[F\d+\])\1""")
"""A test's title in TypeScript, in quotes of any sort; the others may be in it."""


class _Collected:
    """A plugin for pytest: what every collected test says it covers."""

    def __init__(self) -> None:
        self.tests: dict[str, dict[str, None]] = defaultdict(dict)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Read the marks, also those of single parameters."""
        for item in session.items:
            assert isinstance(item, pytest.Function)
            name = f"{item.path.relative_to(ROOT)}::{item.originalname}"
            for mark in item.iter_markers("failure"):
                for entry in mark.args:
                    self.tests[entry][name] = None


def covered() -> dict[str, list[str]]:
    """The tests that cover each entry, as `path::name` from the top of the repository."""
    collected = _Collected()
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-q", str(ROOT / "tests")], plugins=[collected])
    tests = {entry: list(names) for entry, names in collected.tests.items()}
    for path in sorted(ROOT.glob("tests/client/**/*.test.ts")):
        for _, title in _TITLE.findall(path.read_text()):
            for entry in re.findall(r"\[(F\d+)\]", title):
                name = f"{path.relative_to(ROOT)}::{title.split(' [')[0]}"
                tests.setdefault(entry, []).append(name)
    return tests


def document() -> str:
    """The text of `docs/FAILURES.md`."""
    tests = covered()
    automated = sum(entry in tests for entry in ENTRIES)
    lines = [
        "# Failures of offline clients, and the tests that cover them",
        "",
        "Written by `python -m tests.failures` from the marks in the tests, and compared with them",
        "by a test. The numbers are those of the catalogue of field failures; entries that concern",
        "only the desk are left out.",
        f"{automated} of {len(ENTRIES)} entries are automated; **bold** ones are the front ranks.",
        "",
        "| entry | what goes wrong | covered by, or why not |",
        "|---|---|---|",
    ]
    for entry, title in ENTRIES.items():
        number = f"**{entry}**" if entry in FRONT_RANKS else entry
        proofs = "<br>".join(f"`{test}`" for test in tests.get(entry, ()))
        why_not = f"not automated: {NOT_AUTOMATED.get(entry, 'not covered yet')}"
        lines.append(f"| {number} | {title} | {proofs or why_not} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the document; with `--check`, compare it and say what does not fit."""
    written = document()
    if arguments != ["--check"]:
        DOCUMENT.write_text(written)
        return 0
    wrong = [
        entry
        for entry, tests in covered().items()
        if entry not in ENTRIES or (entry in NOT_AUTOMATED and tests)
    ]
    if wrong:
        print(f"covered, but unknown or said not to be automated: {', '.join(wrong)}")
    if DOCUMENT.read_text() != written:
        print(f"{DOCUMENT.name} is not what the tests cover: run `make fix`")
    return int(bool(wrong) or DOCUMENT.read_text() != written)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
