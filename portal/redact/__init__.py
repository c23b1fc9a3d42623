"""Personal data: where it may stand, and the marks that stand for it."""
