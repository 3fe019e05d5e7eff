"""Make Chinese the language of the administrator, of new users and of the login page."""

LANGUAGE, ZONE = "zh_CN", "Asia/Shanghai"

env["res.lang"]._activate_lang(LANGUAGE)
people = env.ref("base.user_admin") + env.ref("base.public_user")
people.write({"lang": LANGUAGE, "tz": ZONE})
env.ref("base.main_company").partner_id.write({"lang": LANGUAGE, "tz": ZONE})
env["ir.default"].set("res.partner", "lang", LANGUAGE)
env["ir.default"].set("res.partner", "tz", ZONE)
env.cr.commit()
