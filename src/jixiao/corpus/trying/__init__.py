"""The rule lab on a corpus: every form under the rules in force and under changed ones, by column."""
