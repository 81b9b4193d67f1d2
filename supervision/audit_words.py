"""The audit trail in Chinese: acts, what they touch, fields and values, one table each."""

from __future__ import annotations

from supervision.beside_acts import BesideAct
from supervision.browsers import browser_words
from supervision.city_maps import MapKind
from supervision.city_rules import CITY_RULES
from supervision.lifecycle import Act
from supervision.loop_words import CONFIRMED
from supervision.meeting_words import MEETING_ACTS, MEETING_FIELDS
from supervision.scope import Role
from supervision.vocabulary import (
    ItemState,
    PeerGroup,
    ReassignReason,
    Resolution,
    RoundState,
    Satisfaction,
)
from supervision.working_days import Convention

OTHER_ACT = "其他操作"
"""An act that this table does not know: shown all the same, never left out."""

ACT_WORDS: dict[str, str] = {
    **{act.value: act.label for act in (*Act, *BesideAct)},
    "counter_act": "撤销误操作",
    "register": "登记事项",
    "update_from_ledger": "按台账更新事项",
    "reassign": "重新交办，开始新一轮",
    "flag_for_reassignment": "标记拟重新交办",
    "settle_deadline": "工作日历录入后，暂定期限确定",
    "move_deadline": "按新的规则或工作日历重新推算期限",
    "import_ledger": "导入台账",
    "import_callback": "导入回访表",
    "import_feedback": "导入反馈表",
    "undo_import": "撤销导入",
    "remove_imported": "撤销导入，移除事项",
    "restore_before_import": "撤销导入，恢复原值",
    "restore_personal_data": "撤销导入，恢复诉求人信息",
    "export": "导出",
    "import_calendar": "启用工作日历",
    "set_rule": "调整本市规则",
    "login": "登录",
    "login_failed": "登录失败",
    "login_refused": "登录被拒绝：身份已确认，但没有对应账号",
    "logout": "退出登录",
    "access_refused": "越权访问，已拒绝",
    "change_password": "修改密码",
    "create_account": "新建账号",
    "change_account": "调整账号",
    "enable_account": "启用账号",
    "disable_account": "停用账号",
    "reset_password": "重置密码",
    "unlock_account": "解除账号锁定",
    "end_session": "结束他人的登录",
    "add_department": "登记单位",
    "rename_department": "单位更名",
    "describe_department": "调整单位简称和分组",
    "merge_department": "单位合并",
    "hand_over": "单位合并，移交承接单位",
    "add_alias": "加别名",
    "end_alias": "停用别名",
    "rename_division": "镇（街）更名",
    "link_township": "登记联镇领导",
    "end_division": "登记撤销",
    "merge_division": "镇（街）合并",
    "replace_division": "镇（街）合并，归到承接镇（街）",
    "add_term": "字典新增名称",
    "rename_term": "字典更名",
    "merge_term": "字典合并",
    "add_session": "登记面对面场次",
    "change_session": "更正面对面场次",
    "see_personal_data": "查看诉求人完整信息",
    "update_personal_data": "按台账更新诉求人信息",
    "erase_personal_data": "删除诉求人信息",
    "rotate_key": "更换个人信息的加密密钥",
    "save_view": "保存视图",
    "change_view": "视图改名或调整共享",
    "delete_view": "删除视图",
    "import_definition": "启用专题定义",
    "retire_programme": "停用专题",
    "import_programme": "导入专题台账",
    "undo_programme": "撤销专题台账的导入",
    "register_programme_entry": "登记专题条目",
    "update_programme_entry": "按台账更新专题条目",
    "make_matter": "把共性问题立为类案",
    "change_matter": "更正类案",
    "add_to_matter": "把事项加入类案",
    "take_from_matter": "把事项移出类案",
    "leave_matter_undone": "撤销导入，事项移出类案",
    "close_matter": "类案办结",
    "reopen_matter": "类案重新推进",
    **MEETING_ACTS,
    "import_hotline": "导入热线统计",
    "undo_hotline": "撤销热线统计的导入",
    "enable_map": "启用地图或人口",
    "restore_map": "退回地图或人口的旧版本",
    "disable_map": "停用地图或人口",
}

ENTITY_WORDS: dict[str, str] = {
    "item": "事项",
    "import_batch": "导入批次",
    "export": "导出文件",
    "account": "账号",
    "login_session": "登录会话",
    "access": "访问事项",
    "setting": "本市规则",
    "key": "加密密钥",
    "work_calendar": "工作日历",
    "department": "单位",
    "division": "区划",
    "term": "字典",
    "session": "面对面场次",
    "view": "视图",
    "programme": "专题",
    "programme_batch": "专题导入批次",
    "programme_entry": "专题条目",
    "class_matter": "类案",
    "commitment": "承诺",
    "milestone": "作战节点",
    "hotline_import": "热线统计",
    "city_map": "地图与人口",
}

FIELD_WORDS: dict[str, str] = {
    "linked_leader": "联镇领导",
    "state": "状态",
    "reason": "原因",
    "words": "说明",
    "file": "文件",
    "sha256": "文件校验值",
    "rows": "行数",
    "fields": "项目",
    "key_id": "密钥编号",
    "list": "名单",
    "filters": "筛选",
    "login": "账号",
    "name": "姓名",
    "roles": "角色",
    "whole_city": "可见全市",
    "units": "可见县(区)",
    "departments": "可见单位",
    "outside_subject": "外部身份",
    "address": "网络地址",
    "browser": "浏览器",
    "way": "登录方式",
    "locked": "账号已锁定",
    "locks": "本次起锁定",
    "unknown": "没有这个账号",
    "so_far": "本小时累计次数",
    "subject": "外部身份",
    "years": "年份",
    "locked_until": "锁定至",
    "called": "名称",
    "short_name": "简称",
    "peer_group": "同类组",
    "reporting_unit": "考核单位",
    "valid_from": "起",
    "valid_to": "止",
    "on": "自",
    "into": "并入",
    "items": "事项数",
    "removed": "移除事项数",
    "restored": "恢复事项数",
    "beside": "协办事项数",
    "villages": "村（社区）数",
    "alias": "别名",
    "code": "区划代码",
    "held_on": "日期",
    "theme": "主题",
    "host": "主持人",
    "level": "层级",
    "collected": "收集件数",
    "valid": "有效件数",
    "represented": "参加代表人数",
    "round_state": "办理环节",
    "round_no": "轮次",
    "hang_until": "挂账复查日期",
    "accepted_on": "审核通过日期",
    "fix_due_on": "补正期限",
    "merged_into": "并入事项",
    "text": "内容",
    "measures": "解决措施",
    "evidence": "佐证材料",
    "undoes": "撤销的操作",
    "way_of_account": "问责方式",
    "outcome": "结果",
    "deadline_convention": "反馈期限的起算",
    "due_soon_working_days": "临期的工作日数",
    "return_working_days": "退单的时限",
    "fix_working_days": "退回补正的时限",
    "next_round_working_days": "重新交办的反馈期限",
    "notice_reply_days": "督办单的回复期限",
    "longest_hang_days": "挂账的最长时间",
    "co_silent_working_days": "协办未响应的时限",
    "callback_within_days": "安排回访的时限",
    "look_back_after_days": "回头看的时间",
    "rule": "规则",
    "kind": "适用于",
    "value": "规定",
    "to_open": "在办事项重新推算",
    "shared": "共享",
    "programme": "专题",
    "version": "版本",
    "changed": "改动",
    "new": "新增",
    "updated": "更新",
    "unchanged": "不变",
    "refused": "拒绝",
    "lead": "牵头单位",
    "numbers": "事项",
    "months": "月份",
    "replaced": "替换的行数",
    "back": "恢复的行数",
    **MEETING_FIELDS,
    "map_kind": "种类",
    "map_source": "数据来源",
    "review_number": "审图号",
}
"""Fields that are no field of a ledger; those have their labels in the import's own table."""

_PERSONAL_WORDS = {
    "reporter_name": "诉求人姓名",
    "reporter_phone": "诉求人电话",
    "reporter_id": "证件号",
    "reporter_addr": "诉求人住址",
    "reporter_other": "其他个人信息",
}
_TEXT = "text:"

_VALUE_WORDS: dict[str, dict[str, str]] = {
    "state": {state.value: state.label for state in ItemState},
    "round_state": {state.value: state.label for state in RoundState},
    "satisfaction": {answer.value: answer.label for answer in Satisfaction},
    "process_satisfaction": {answer.value: answer.label for answer in Satisfaction},
    "resolved": {answer.value: answer.label for answer in Resolution},
    "resolved_by_unit": {answer.value: answer.label for answer in Resolution},
    "look_back": {CONFIRMED: "已核实", ItemState.REBOUNDED.value: ItemState.REBOUNDED.label},
    "reason": {reason.value: reason.label for reason in ReassignReason},
    "roles": {role.value: role.label for role in Role},
    "way": {"password": "账号密码", "oidc": "统一身份认证", "proxy": "反向代理"},
    "peer_group": {group.value: group.label for group in PeerGroup},
    "deadline_convention": {choice.value: choice.label for choice in Convention},
    "rule": {rule.name: rule.label for rule in CITY_RULES.values()},
    "map_kind": {kind.value: kind.label for kind in MapKind},
}

NOBODY = "?"
"""The actor of a failed login whose name nobody has."""
ACTORS_WITHOUT_ACCOUNT = {
    NOBODY: "未知账号",
    "terminal": "本机命令",
    "sample": "演示数据",
    "local": "本机督查员",
}
"""Who acts without an account; nobody's account may be called so."""


def act_told(act: str) -> str:
    """An act in words."""
    return ACT_WORDS.get(act, OTHER_ACT)


def actor_told(account: str, name: str | None) -> str:
    """Who did it: the person with the account, or what is no account."""
    if name:
        return f"{name}（{account}）"
    return ACTORS_WITHOUT_ACCOUNT.get(account, account)


def value_told(field: str, value: object) -> str:
    """A stored value of a field as people read it."""
    if value is None or value == "" or value == []:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value_told(field, one) for one in value)
    if field == "browser":
        return browser_words(str(value))
    if field == "fields":
        return _personal_told(str(value))
    return _VALUE_WORDS.get(field, {}).get(str(value), str(value))


def _personal_told(name: str) -> str:
    """A field of a resident's data; a text before masking is one whatever text it was."""
    return "文字原文" if name.startswith(_TEXT) else _PERSONAL_WORDS.get(name, "其他")
