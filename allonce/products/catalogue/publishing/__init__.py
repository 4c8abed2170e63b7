"""Published versions: making them, telling what they changed, and handing them to phones."""
