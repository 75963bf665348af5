"""Lists of organisations and people as spreadsheets: read in the confined child, judged row by row, applied whole."""
