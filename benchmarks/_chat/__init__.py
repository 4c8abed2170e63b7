"""What the chat benchmarks share: a kind of stream, a server process, and a generator of light lines."""
