from . import annexes, changes, cover, frozen_rows, roster, summary_query, summary_table
