"""Benchmarks: what a person waits for, beside the usual ways of doing the same."""
