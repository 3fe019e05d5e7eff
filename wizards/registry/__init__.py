from . import child_decide, child_exit, child_move, guardian_find
