"""The demonstration logins: one for each role, the password is the login."""

from typing import NamedTuple

TOWNSHIP = "东温泉镇"
VILLAGE = "朝阳村"
SECOND_TOWNSHIP = "木洞镇"
SCHOOL = "东温泉中心小学"


class Login(NamedTuple):
    """One line of the table, and the posting from which its role comes."""

    login: str
    role: str
    place: str
    post: str  # code of `lbc.post`
    organization: str  # its name, or its name inside a township: "township:…", "village:…"


TABLE = [
    Login("village", "儿童主任", f"{TOWNSHIP}{VILLAGE}", "child_director", f"village:{VILLAGE}"),
    Login("township", "儿童督导员", TOWNSHIP, "child_supervisor", f"township:{TOWNSHIP}"),
    Login("township_leader", "镇街分管领导", TOWNSHIP, "township_leader", f"township:{TOWNSHIP}"),
    Login(
        "township2",
        "儿童督导员",
        SECOND_TOWNSHIP,
        "child_supervisor",
        f"township:{SECOND_TOWNSHIP}",
    ),
    Login("civil_affairs", "区民政局", "巴南区", "civil_affairs_officer", "巴南区民政局"),
    Login(
        "leading_office",
        "领导小组办公室",
        "巴南区",
        "office_head",
        "巴南区农村留守儿童关爱保护工作领导小组办公室",
    ),
    Login("education", "区教委", "巴南区", "education_officer", "巴南区教育委员会"),
    Login("school", "学校", SCHOOL, "school_leader", SCHOOL),
    Login("police", "公安机关", "巴南区", "police_officer", "巴南区公安分局"),
    Login("procuratorate", "检察院", "巴南区", "prosecutor", "巴南区人民检察院"),
    Login("justice", "区司法局", "巴南区", "justice_officer", "巴南区司法局"),
    Login("health", "区卫生健康委", "巴南区", "health_officer", "巴南区卫生健康委员会"),
    Login(
        "mass_organization",
        "群团组织",
        "巴南区妇联",
        "mass_organization_officer",
        "巴南区妇女联合会",
    ),
    Login("institution", "救助机构", "巴南区救助管理站", "institution_staff", "巴南区救助管理站"),
    Login(
        "provider", "社工机构", "暖阳社工服务中心", "social_worker", "巴南区暖阳社会工作服务中心"
    ),
    Login(
        "leader",
        "区领导（只看统计）",
        "巴南区",
        "group_leader",
        "巴南区农村留守儿童关爱保护工作领导小组",
    ),
    Login(
        "data_officer",
        "数据保护负责人",
        "巴南区",
        "data_officer",
        "巴南区农村留守儿童关爱保护工作领导小组办公室",
    ),
    Login("form_admin", "表单管理员", "巴南区", "form_admin", "巴南区民政局"),
]

LOGINS = [(one.login, one.role, one.place) for one in TABLE] + [("admin", "系统管理员", "巴南区")]
