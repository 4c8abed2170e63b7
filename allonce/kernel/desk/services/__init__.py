"""What happens on the desk, one file per concern."""
