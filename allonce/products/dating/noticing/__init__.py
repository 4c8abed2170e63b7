"""What programs notice in words and pictures. Pure: nothing is stored, nothing is decided, no Django."""
