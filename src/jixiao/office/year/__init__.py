"""The year 年度: rounds and their opening, projects, approved targets, budgets, mid-year monitoring; pages and acts."""
