"""What learners have of a deck, and what the next build of it would do to them."""
