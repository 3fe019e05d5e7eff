from . import table
