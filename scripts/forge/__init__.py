"""`handbook forge`, one module a subcommand."""
