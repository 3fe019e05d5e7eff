from . import activity_withdraw
