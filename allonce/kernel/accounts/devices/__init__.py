"""Users and their phones: registration, approval, synchronisation, unregistering."""
