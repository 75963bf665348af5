"""The office 报送端: filing, review and publication for a tree of units, in a web application (Django)."""
