"""The sweep: everything the registry offers, by every role, in every place, against the matrix (§C.2)."""
