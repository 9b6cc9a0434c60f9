"""The formats that documents share: CSV, HTML, redlines."""
