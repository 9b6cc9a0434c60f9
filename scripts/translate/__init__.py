"""The command `handbook translate`."""
