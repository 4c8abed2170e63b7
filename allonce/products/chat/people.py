"""The demo's people of Chat, by the door through which one click lets you in as them."""

DOORS = {
    "merchant": "fay@fenwickcars.example",
    "agent": "ada@fenwickcars.example",
    "agent-phone": "ben@fenwickcars.example",
    "provider": "quinn@quayside.example",
}
