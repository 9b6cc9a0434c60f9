"""The command `handbook role`."""
