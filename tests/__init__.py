"""Tests of rehearse."""
