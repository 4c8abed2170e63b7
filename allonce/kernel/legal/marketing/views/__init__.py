"""Pages of the marketing room."""
