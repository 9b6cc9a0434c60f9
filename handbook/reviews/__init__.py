"""Reviews: what is due, who reads, what is open, how a record is written."""
