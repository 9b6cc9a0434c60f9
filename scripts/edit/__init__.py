"""`handbook edit`, one module a subcommand."""
