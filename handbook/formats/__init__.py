"""How a document is written: CSV, HTML, redlines."""
