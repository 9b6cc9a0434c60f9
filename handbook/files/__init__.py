"""The files of a handbook, on disk or in a commit, and files that are written whole or not at all."""
