"""Suppliers' price sheets into the Catalogue: read, find the grids, ask what is doubtful, accept, undo, export."""
