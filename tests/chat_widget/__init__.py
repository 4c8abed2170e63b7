"""The widget on foreign pages, in a real browser beside a live installation; and its parts that need no browser."""
