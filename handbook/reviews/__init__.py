"""Reviews: which pages are due, who reads them, which reviews are open, and how a record is written."""
