"""`handbook review`, one module a subcommand."""
