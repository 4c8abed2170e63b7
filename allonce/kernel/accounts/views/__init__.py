"""Pages of the accounts room, one module per concern; each makes one call into services or queries."""
