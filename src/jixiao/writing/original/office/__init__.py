"""What the originals of Office have in common: a package of parts, of which all but a few stay byte for byte."""
