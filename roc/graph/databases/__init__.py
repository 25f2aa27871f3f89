"""The databases in which a graph can rest: how each is opened, spoken to and looked after."""
