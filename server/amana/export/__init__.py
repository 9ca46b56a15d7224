"""Rows in, bytes out: the files that leave the desk."""
