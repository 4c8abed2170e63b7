"""The person's copy: everything that is held of them, readable by people and by machines, with the reasons."""
