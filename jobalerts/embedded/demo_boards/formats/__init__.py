"""One module a vendor: how it puts a posting into JSON or HTML on the wire."""
