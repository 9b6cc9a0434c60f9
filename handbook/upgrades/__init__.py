"""A newer release of the tool and its texts, brought into a handbook without losing what is the adopter's."""
