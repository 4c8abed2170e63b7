"""How a page is found whose address holds an id of the demo."""

# The page that links to it, and the link.
Link = tuple[str, str]
