"""Measures what pages weigh and how they do in a browser."""
