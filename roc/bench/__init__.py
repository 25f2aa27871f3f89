"""How well the scores foretell, measured on public data in a folder of the owner's own."""
