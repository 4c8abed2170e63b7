"""Everything that changes Users and devices, one file per concern."""
