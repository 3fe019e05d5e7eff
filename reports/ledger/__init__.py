from . import roster, summary_query, summary_table
