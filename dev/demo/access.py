"""Who meets whom beyond the own area: assigned children, a broken glass, the rules of sessions."""

from datetime import timedelta

from .logins import SECOND_TOWNSHIP, TOWNSHIP, VILLAGE

PROVIDER = "巴南区暖阳社会工作服务中心"
WOMEN = "巴南区妇女联合会"
RESCUE = "巴南区救助管理站"
IDLE_MINUTES = 60
PASSWORD_LENGTH = 10


def assign(district):
    """The township gives three children to the social workers, two to the women's federation."""
    env = district.as_user("township")
    village = district.village(TOWNSHIP, VILLAGE)
    children = env["lbc.child"].search(
        [("area_id", "=", village.id), ("state", "=", "on_ledger")], limit=5
    )
    today = district.day()
    values = {"legal_ground": "entrusted", "date_to": today + timedelta(days=180)}
    rows = [(child, PROVIDER, "个案随访和亲情陪伴") for child in children[:3]]
    rows += [(child, WOMEN, "“爱心妈妈”结对") for child in children[3:5]]
    for child, name, purpose in rows:
        env["lbc.assignment"].create(
            {
                **values,
                "child_id": child.id,
                "organization_id": district.organization(name).id,
                "purpose": purpose,
            }
        )
    return len(rows)


def break_the_glass(district):
    """A supervisor looks for a child of another township that turned up in his own."""
    lost = district.director(district.village(TOWNSHIP, VILLAGE))
    child = district.as_user(lost)["lbc.child"].search([("state", "=", "on_ledger")], limit=1)
    env = district.as_user("township2")
    find = env["lbc.child.find"].create(
        {
            "id_number": child.id_number,
            "reason": f"孩子独自出现在{SECOND_TOWNSHIP}车站，需联系家人接回",
        }
    )
    find.action_find()
    find.line_ids[:1].action_break_glass()
    return find.line_ids[:1].township


def allow_short_passwords(district):
    """Let the logins of the table be their own passwords, until `secure_sessions`."""
    _set_password_length(district.env, 0)
    return 0


def secure_sessions(district):
    """Odoo's own session security, where its add-ons are installed: an idle page is locked."""
    env = district.env
    groups = env["res.groups"]
    if "lock_timeout_inactivity" in groups._fields:
        env.ref("left_behind_children.group_user").lock_timeout_inactivity = IDLE_MINUTES
    _set_password_length(env, PASSWORD_LENGTH)
    return IDLE_MINUTES


def _set_password_length(env, length):
    if env["ir.module.module"]._get("auth_password_policy").state == "installed":
        env["ir.config_parameter"].sudo().set_param("auth_password_policy.minlength", str(length))
