"""The contracts. None knows of another; each only translates between its wire and the domain."""
