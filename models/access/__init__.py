from . import access_mixin, post, posting, res_groups, res_users, wizard_mixin
