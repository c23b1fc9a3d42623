"""The bench: how fast the portal builds a register, and how that compares with Hugo."""
