"""The agents' console in real browsers beside a live installation; visitors come by HTTP."""
