"""The demo's people of Dating, by the door through which one click lets you in as them."""

DOORS = {"dater": "maya@dating.example", "dater-too": "noah@dating.example"}
