"""A folder's review as reports: text, JSON, workbench, list for a spreadsheet, SARIF."""
