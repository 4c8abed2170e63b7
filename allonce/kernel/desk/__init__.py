"""The support desk: tickets by mail, form and portal, clocks in business hours, knowledge, disputes."""
