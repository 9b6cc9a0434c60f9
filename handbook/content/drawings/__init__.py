"""Drawings (SVG), which browsers run like pages, so that only some elements are let through."""
