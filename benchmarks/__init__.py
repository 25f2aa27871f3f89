"""Measurements on public data and at scale; none of it is part of the product."""
