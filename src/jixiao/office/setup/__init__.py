"""Set-up 首次设置: the first page of an office in which nobody is yet."""
