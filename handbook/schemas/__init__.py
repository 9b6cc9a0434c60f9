"""JSON Schemas of registers, records, and front matter, for editors that help while somebody types."""
