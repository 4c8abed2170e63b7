"""The support desk: tickets by mail, form and portal."""
