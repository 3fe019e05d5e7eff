"""Reading with the journal and without it, in one process, so that both can take turns.

Switched off, a read passes the journal's hooks as if `journal_mixin.py` did not define them: nothing
is noted, and so nothing is written when the transaction ends.
"""

import contextlib
import contextvars
import functools

from odoo.addons.left_behind_children.models.access.journal_mixin import JournalMixin

_HOOKS = (
    *("_read_format", "formatted_read_group", "read_progress_bar"),
    *("search_panel_select_range", "search_panel_select_multi_range"),
)
_is_on = contextvars.ContextVar("journal", default=True)


@contextlib.contextmanager
def without_journal():
    """Read without the journal in the block."""
    token = _is_on.set(False)
    try:
        yield
    finally:
        _is_on.reset(token)


def _switchable(name):
    watched = vars(JournalMixin)[name]

    # Chosen at each call: replacing methods between the turns would empty Python's caches.
    @functools.wraps(watched)
    def method(self, *args, **kwargs):
        if _is_on.get():
            return watched(self, *args, **kwargs)
        return getattr(super(JournalMixin, self), name)(*args, **kwargs)

    return method


for _hook in _HOOKS:
    setattr(JournalMixin, _hook, _switchable(_hook))
