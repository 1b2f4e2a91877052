"""Floor 1: RFC formats to and from the domain. Bytes in, bytes out; no sockets, no clock."""
