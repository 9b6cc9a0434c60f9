"""Makes the sample handbook that of an organization, and says what is still the sample's."""
