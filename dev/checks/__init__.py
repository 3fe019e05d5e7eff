"""Checks of `make test`: what is counted, and how each kind is run."""
