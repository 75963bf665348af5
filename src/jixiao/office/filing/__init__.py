"""Filing 填报: the record of one project in one round, every saved change, its history and evidence."""
