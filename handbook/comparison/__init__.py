"""What readers see in one state of the handbook compared with another."""
