"""Amana: sealed reports from people in danger, weighed by an aid organisation's desk."""
