from . import roster, sheet, summary_query, summary_table
