"""How a built site reaches its readers: compressed files, and what each kind of host needs."""
