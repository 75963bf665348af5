"""汇总: the overview of a round at any node of the tree; charts, tables, the rule lab and the review of all forms."""
