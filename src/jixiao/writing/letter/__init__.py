"""The review letter to a unit and the summary report of a department: first as data, then as documents."""
