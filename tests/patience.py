"""How long tests wait for what should happen."""

PATIENCE = 90.0
"""Seconds until what has not happened is taken never to happen, however busy the machine is."""

PATIENCE_MS = PATIENCE * 1000
"""The same as Playwright counts."""
