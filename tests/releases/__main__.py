"""`make release`: keep the built reporter app of this version in tests/releases.

usage: python -m tests.releases [NAME]; without a name, the version in pyproject.toml
"""

import sys
import tomllib

from tests.releases import FOLDER, AlreadyKept, keep


def version() -> str:
    """The version that the project says it has."""
    project = FOLDER.parents[1] / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


def main(arguments: list[str]) -> int:
    """Keep the build; the exit status."""
    try:
        archive = keep(arguments[0] if arguments else version())
    except AlreadyKept as error:
        print(error)
        return 1
    print(f"kept {archive.name}, {archive.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
