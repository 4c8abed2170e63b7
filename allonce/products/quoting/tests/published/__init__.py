"""An app that only tests install: the small Catalogue is published in a server of its own."""
