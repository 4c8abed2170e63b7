"""The engine itself, in the subset of Python that `allonce.pricing.translate` accepts.

CPython runs these files on the server; the phone runs their translation. Nothing here imports
anything but its neighbours, uses floats, clocks or sets, or depends on the order of a dictionary.
"""
