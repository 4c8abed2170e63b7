"""Pages of the request desk, one file per kind of reader."""
