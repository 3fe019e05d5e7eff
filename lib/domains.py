"""Conditions that an administrator writes: read as a literal, never evaluated."""

import ast


def parse(text):
    """Return the domain (list) that a text means; no text means no condition.

    Raises ValueError when it is no list of conditions made of plain values.

    >>> parse("[('state', '=', 'done'), ('minutes', '>', 30)]")
    [('state', '=', 'done'), ('minutes', '>', 30)]
    >>> parse("")
    []
    >>> parse("__import__('os')")
    Traceback (most recent call last):
    ValueError: the condition is no list of plain values
    """
    if not (text or "").strip():
        return []
    try:
        domain = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise ValueError("the condition is no list of plain values") from None
    if not isinstance(domain, (list, tuple)):
        raise ValueError("the condition is no list of plain values")
    return list(domain)
