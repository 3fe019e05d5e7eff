from . import export_ask, export_request, export_reading, export_refuse
