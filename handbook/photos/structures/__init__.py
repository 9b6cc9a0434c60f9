"""Structures that file formats and metadata standards share: ISO boxes and TIFF directories."""
