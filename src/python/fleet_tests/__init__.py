"""Tests of rancognition.fleet on real clusters of this machine. They need Dask distributed, so they lie apart from the others.

Run from src/python: python3 -m unittest discover -s fleet_tests -t .
"""
