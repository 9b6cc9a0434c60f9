"""What `make test-training` runs packages in, and judges them by, from npm."""
