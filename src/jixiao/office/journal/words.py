"""What events are called: each act in words, 中文 and English. A room adds its own here."""

from typing import Final

ROOMS: Final = {
    "user": ("账号", "Accounts"),
    "role": ("角色", "Roles"),
    "organisation": ("机构", "Organisations"),
    "list": ("名单导入", "Lists"),
    "filing": ("自评表", "Forms"),
    "round": ("批次", "Rounds"),
    "project": ("项目", "Projects"),
    "publication": ("公开", "Publication"),
    "token": ("接口令牌", "API tokens"),
    "journal": ("日志", "Journal"),
}
"""The first part of an act."""
ACTS: Final = {
    "user.added": ("增加账号", "account added"),
    "user.changed": ("修改账号", "account changed"),
    "user.switched_off": ("停用账号", "account switched off"),
    "user.switched_on": ("启用账号", "account switched on"),
    "user.invited": ("发出邀请", "invited"),
    "user.joined": ("接受邀请并设置密码", "invitation accepted, password set"),
    "user.signed_in": ("登录", "signed in"),
    "user.signed_out": ("退出", "signed out"),
    "user.sign_in_failed": ("登录失败", "sign-in failed"),
    "user.locked_out": ("连续失败，暂时锁定", "locked out for a while"),
    "user.unlocked": ("解除锁定", "unlocked"),
    "user.password_changed": ("修改密码", "password changed"),
    "user.second_factor_added": ("设置两步验证", "second factor set up"),
    "user.second_factor_removed": ("关闭两步验证", "second factor switched off"),
    "user.second_factor_reset": ("移除他人的两步验证", "second factor of another removed"),
    "user.recovery_codes_renewed": ("更换恢复码", "recovery codes renewed"),
    "user.provider_linked": ("关联统一身份认证", "linked to the identity provider"),
    "user.session_ended": ("结束会话", "session ended"),
    "user.sessions_ended": ("结束他人的会话", "sessions of another ended"),
    "role.granted": ("授予角色", "role granted"),
    "role.taken_back": ("撤销角色", "role taken back"),
    "role.proposed": ("申请角色", "role asked for"),
    "role.declined": ("拒绝角色申请", "role declined"),
    "organisation.added": ("增加机构", "organisation added"),
    "organisation.changed": ("修改机构", "organisation changed"),
    "organisation.moved": ("移动机构", "organisation moved"),
    "organisation.closed": ("撤销机构", "organisation closed"),
    "organisation.opened": ("恢复机构", "organisation opened again"),
    "list.applied": ("导入名单", "list applied"),
    "journal.exported": ("导出日志", "journal exported"),
}
"""Acts in words; a page shows the code of an act that is not here."""
