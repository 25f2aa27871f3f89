"""Files of earlier versions, as text dumps, and what was told to the versions that made them."""
