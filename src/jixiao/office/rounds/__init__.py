"""The year 年度: filing rounds, projects, approved targets, monitoring."""
