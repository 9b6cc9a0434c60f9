"""Tests of scripts/forge/."""
