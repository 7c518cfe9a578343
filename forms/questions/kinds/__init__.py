"""Kinds of value: how an answer is checked, kept as JSON, read as text, and what it earns.

A question type builds the kind it needs (``question.kind(choices)``), once for every item.
"""
