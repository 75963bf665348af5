"""Accounts 账号: signing in and out, and the pages on which organisations, people and roles are managed."""
