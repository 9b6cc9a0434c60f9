"""`handbook training`, one module a subcommand."""
