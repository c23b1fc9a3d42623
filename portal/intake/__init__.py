"""Reading a raw contract: its text made tidy, the facts that it states, a draft to begin with."""
