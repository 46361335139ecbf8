"""TaC Desktop: the casework program of the social workers of 'Together a Chance'."""

__version__ = "0.1.0"
