"""Templates, texts by language, dates, and safe HTML."""
