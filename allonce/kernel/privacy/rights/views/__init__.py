"""Pages of the rights room, one module per concern; each makes one call into services or queries."""
