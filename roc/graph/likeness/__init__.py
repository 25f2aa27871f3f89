"""Who may be one person: names in any script compared, with what is known around them."""
