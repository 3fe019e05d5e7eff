from . import access_request, child_decide, child_exit, child_find, child_move, guardian_find
