"""Tests of the room `lib`; run without a database: python3 -m unittest discover -t . -s lib/tests"""
