"""Beeper Desktop: chats of ten networks at once, from its API on the owner's own machine.

It has no export: see ``docs/sources/beeper.md``.
"""
