"""What changes accounts and people: one function per change, one module per concern."""
