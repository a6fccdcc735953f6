"""The two kinds of failure: what a user can mend, and everything else (a bug)."""


class UserError(Exception):
    """One sentence in Chinese for the user: what, where, what to do. It never costs typed text."""


class Cancelled(Exception):
    """The user stopped a running job; nothing of it may remain."""
