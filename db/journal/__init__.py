"""The journal: every row a command writes as it was before, for undo, redo, history and news."""
