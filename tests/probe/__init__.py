"""An app that only tests install: rows of every kind the kernel must protect."""
