"""Hostile exports: samples changed at random, and what must be true whatever comes of it."""
