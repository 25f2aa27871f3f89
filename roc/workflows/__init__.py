"""One function per thing a user asks for; scripts and notebooks use the same door."""
