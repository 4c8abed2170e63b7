"""What retention does: sweep, hold, keep, and see an ended account out."""
