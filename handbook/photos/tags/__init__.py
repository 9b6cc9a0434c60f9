"""What sound says besides what is heard: one module per standard, each with a `MetadataReader`."""
