"""What stands before every answer: headers that keep browsers strict, and limits of how often one may ask."""
