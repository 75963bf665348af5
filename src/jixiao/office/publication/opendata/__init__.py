"""opendata 开放数据: published forms as CSV, Parquet, JSON and a data package, the same bytes for the same forms."""
