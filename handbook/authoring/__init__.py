"""Begins a page and gives it its place in the navigation."""
