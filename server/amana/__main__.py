"""`python -m amana` is the `amana` command."""

from amana.cli import main

main()
