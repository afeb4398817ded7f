"""What both realms hold: the wire between them, and what an interpreter needs to be one."""
