"""Dating: one well-chosen person a day."""
