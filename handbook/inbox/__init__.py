"""What staff asked and did not find: how a question is noted, and how it is answered."""
