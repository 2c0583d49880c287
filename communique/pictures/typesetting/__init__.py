"""Setting lines of type in the fonts that ship with the engine, the same on every machine."""
