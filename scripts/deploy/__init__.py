"""`handbook deploy`, one module a subcommand."""
