"""One module per concern of the developer platform; standard library only.

These modules run before any virtual environment exists, so they import nothing else.
"""
