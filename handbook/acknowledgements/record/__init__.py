"""What the organization keeps, outside git, about who was asked and who accepted what."""
