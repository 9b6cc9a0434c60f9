"""The registers of an organization, one module for each."""
