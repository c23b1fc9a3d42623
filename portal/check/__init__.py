"""The rules that content must meet: over one contract, and over the register as a whole."""
