"""Every change of a Catalogue. One file per concern; importing and screens call these and nothing below
them."""
