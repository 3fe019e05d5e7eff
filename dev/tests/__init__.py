"""Tests of the developer platform; they need neither Odoo nor PostgreSQL."""
