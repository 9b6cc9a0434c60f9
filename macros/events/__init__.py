"""The longer events of a build, which `macros/hooks.py` hands to MkDocs."""
