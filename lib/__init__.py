"""Plain Python without the ORM: the rules of the work, testable without a database."""
