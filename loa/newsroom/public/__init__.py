"""What people meet outside the back office: a story to approve by a link, something to send in."""
