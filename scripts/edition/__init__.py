"""`handbook edition`, one module a subcommand."""
