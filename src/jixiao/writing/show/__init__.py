"""show: the pages of a document with boxes around what was read, coloured by confidence, as one HTML file."""
