"""Reading documents: what a reader sees, and what lies hidden beside it."""
