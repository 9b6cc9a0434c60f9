"""The command `handbook questions`."""
