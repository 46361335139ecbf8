"""The windows: the only room of the house with Qt in it."""
