"""Bundles: signed, sealed parcels of entries: written, checked and read, whole or not at all."""
