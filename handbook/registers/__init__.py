"""The registers of an organization, one module a register."""
