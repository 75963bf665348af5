"""site 网站: plain files in two languages that any web server hands out; search in the page, nothing from elsewhere."""
