"""Workflow 流转: from draft to publication; the state machine, decisions, returns."""
