"""Two foreign sites for the demo, on another origin: an index that lists two dealers, and a dealer's own site."""
