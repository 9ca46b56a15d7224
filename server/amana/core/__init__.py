"""The pure core: formats, rules and arithmetic. Values in, values out (docs/PROTOCOL.md)."""
