"""`handbook audit`, one module a subcommand."""
