"""intake 导入: documents that people have already, read in the confined child, looked at side by side, and filed."""
