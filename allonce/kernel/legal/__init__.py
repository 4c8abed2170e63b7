"""Legal texts with versions, who agreed to what, and what follows from it."""
