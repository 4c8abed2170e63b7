"""A stand-in for a product that would like to count visits on a device, so that there is something to refuse."""
