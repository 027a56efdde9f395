"""Sheets for a blind reading: a person answers items without their keys, and marks what is wrong."""
