"""What staff see of the public site: the list of official channels, how the first page is put together."""
