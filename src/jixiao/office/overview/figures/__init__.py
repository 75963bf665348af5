"""What is counted: plain functions over rows of filings, exact, without a database."""
