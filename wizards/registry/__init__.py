from . import child_decide, child_exit, child_move
