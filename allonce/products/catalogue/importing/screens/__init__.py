"""What Setup shows of an import: pages, and what they are made of."""
