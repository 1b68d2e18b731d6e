"""Who we are: units in time, the registry of people, duties, accounts, consent, and who may do what."""
