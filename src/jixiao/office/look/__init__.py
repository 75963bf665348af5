"""The look 外观 of the office: base pages, components, words in two languages."""
