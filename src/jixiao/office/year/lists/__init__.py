"""Projects and budgets from a workbook: rows, a verdict for each, application."""
