"""Everything that starts MkDocs."""
