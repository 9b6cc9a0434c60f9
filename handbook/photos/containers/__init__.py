"""The file formats of photos and films, one module each."""
