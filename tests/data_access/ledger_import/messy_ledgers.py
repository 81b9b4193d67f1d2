"""Ledgers as county offices write them, each with the rows it must become. Nobody exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from data_access.ledger_import.model import Merge, Sheet


@dataclass(slots=True)
class Messy:
    """`rows`: the contract's fields that are not blank; `flags`: the codes that must be told
    (and no other warning or error); `left_out`: how many rows are no item."""

    name: str
    sheets: list[Sheet]
    rows: list[dict[str, Any]]
    flags: set[str] = field(default_factory=set)
    left_out: int = 0


def sheet(name: str, *rows: list[Any], merges: tuple[tuple[int, int, int, int], ...] = (),
          **other: Any) -> Sheet:  # fmt: skip
    return Sheet(name, list(rows), merges=tuple(Merge(*m) for m in merges), **other)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


MESSY: list[Messy] = [
    Messy(
        "plain header with real dates",
        [
            sheet(
                "Sheet1",
                [
                    "编号",
                    "诉求内容",
                    "县区",
                    "镇街",
                    "牵头单位",
                    "协办单位",
                    "交办日期",
                    "反馈时限",
                    "办理状态",
                ],
                [
                    "MDM-1",
                    "村道破损",
                    "东源县",
                    "船塘镇",
                    "市交通运输局",
                    "市财政局",
                    day(9, 1),
                    day(9, 22),
                    "办理中",
                ],
            )
        ],
        [
            {
                "number": "MDM-1",
                "content": "村道破损",
                "county": "东源县",
                "township": "船塘镇",
                "lead_departments": ["市交通运输局"],
                "co_departments": ["市财政局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
                "status": "办理中",
            }
        ],
    ),
    Messy(
        "title, reporting unit, total, note and signature around the table",
        [
            sheet(
                "台账",
                ["河源市“面对面”座谈会（看病难专题）交办事项台账（2026年第三季度）"],
                ["填报单位：市府办（盖章）", None, None, None, "填报时间：2026年9月30日"],
                [],
                ["序号", "事项标题", "诉求内容", "责任单位", "完成时限", "备注"],
                [1, "夜间急诊", "镇卫生院夜间无值班医生", "市卫健局", "9月底前", None],
                [2.0, "医保报销", "异地结算失败", "医保局", "10月15日前", "加急"],
                ["合计", None, "2件", None, None, None],
                ["备注：本表由市府办汇总。"],
                ["填表人：甲", None, "审核人：乙", None, "联系电话：0762-3300000"],
                merges=((1, 1, 1, 6), (2, 1, 2, 3)),
            )
        ],
        [
            {
                "number": "1",
                "title": "夜间急诊",
                "content": "镇卫生院夜间无值班医生",
                "session_theme": "看病难",
                "lead_departments": ["市卫生健康局"],
                "due_on": day(9, 30),
            },
            {
                "number": "2",
                "title": "医保报销",
                "content": "异地结算失败",
                "session_theme": "看病难",
                "lead_departments": ["市医疗保障局"],
                "due_on": day(10, 15),
                "remarks": "加急",
            },
        ],
        left_out=3,
    ),
    Messy(
        "two-row merged header with measures over several rows",
        [
            sheet(
                "Sheet1",
                ["2026年问题清单"],
                ["序号", "存在问题、解决方案及完成时限", None, None, None, "备注"],
                [None, "具体问题", "解决措施", "办理部门", "完成时限", None],
                [1, "饮水管网未通", "先接临时水", "市水务局", "2026年12月底前", None],
                [None, None, "再建水厂", None, None, None],
                [2, "路灯不亮", "更换灯具", "市住建局", "立行立改", None],
                merges=(
                    (1, 1, 1, 6),
                    (2, 1, 3, 1),
                    (2, 2, 2, 5),
                    (2, 6, 3, 6),
                    (4, 1, 5, 1),
                    (4, 2, 5, 2),
                    (4, 4, 5, 4),
                    (4, 5, 5, 5),
                ),
            )
        ],
        [
            {
                "number": "1",
                "content": "饮水管网未通",
                "lead_departments": ["市水务局"],
                "due_on": day(12, 31),
            },
            {"number": "2", "content": "路灯不亮", "lead_departments": ["市住房和城乡建设局"]},
        ],
    ),
    Messy(
        "ticks under statuses and satisfaction levels",
        [
            sheet(
                "Sheet1",
                ["序号", "问题描述", "承办单位", "办理情况", None, None, "满意度", None, None],
                [None, None, None, "已办结", "正在办理", "未办理", "满意", "基本满意", "不满意"],
                [1, "噪音扰民", "市城管局", "√", None, None, None, "√", None],
                [2, "占道经营", "市城管局", None, "✓", None, None, None, None],
                [3, "垃圾清运", "市城管局", None, None, "■", None, None, "是"],
                merges=((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 6), (1, 7, 1, 9)),
            )
        ],
        [
            {
                "number": "1",
                "content": "噪音扰民",
                "lead_departments": ["市城市管理和综合执法局"],
                "status": "已办结",
                "satisfaction": "基本满意",
            },
            {
                "number": "2",
                "content": "占道经营",
                "lead_departments": ["市城市管理和综合执法局"],
                "status": "办理中",
            },
            {
                "number": "3",
                "content": "垃圾清运",
                "lead_departments": ["市城市管理和综合执法局"],
                "status": "未启动",
                "satisfaction": "不满意",
            },
        ],
    ),
    Messy(
        "a sheet for each county, numbers restart",
        [
            sheet(
                "源城区",
                ["序号", "诉求内容", "镇街", "责任单位", "交办时间", "反馈期限"],
                [1, "学位不足", "上城街道", "教育局", "2026.9.1", "2026.9.22"],
            ),
            sheet(
                "连平县",
                ["序号", "诉求内容", "镇街", "责任单位", "交办时间", "反馈期限"],
                [1, "校车未覆盖", "上坪镇", "教育局", "2026-09-02", "2026/9/23"],
            ),
            sheet("说明", ["本表用于登记", "请勿改动格式"]),
        ],
        [
            {
                "number": "1",
                "content": "学位不足",
                "county": "源城区",
                "township": "上城街道",
                "lead_departments": ["市教育局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
            },
            {
                "number": "1",
                "content": "校车未覆盖",
                "county": "连平县",
                "township": "上坪镇",
                "lead_departments": ["市教育局"],
                "assigned_on": day(9, 2),
                "due_on": day(9, 23),
            },
        ],
    ),
    Messy(
        "stacked sections with their own titles and repeated headers",
        [
            sheet(
                "Sheet1",
                ["河源市2026年信访突出问题交办清单"],
                ["一、源城区（2件）"],
                ["序号", "具体问题", "牵头单位", "办结时限"],
                [1, "物业费纠纷", "市住建局", "2026年10月"],
                [2, "电梯故障", "市市场监管局", "年底前"],
                ["小计", "2件"],
                [],
                ["二、和平县"],
                ["序号", "具体问题", "牵头单位", "办结时限"],
                [1, "水质浑浊", "市水务局", "第四季度"],
            )
        ],
        [
            {
                "number": "1",
                "content": "物业费纠纷",
                "county": "源城区",
                "lead_departments": ["市住房和城乡建设局"],
                "due_on": day(10, 31),
            },
            {
                "number": "2",
                "content": "电梯故障",
                "county": "源城区",
                "lead_departments": ["市市场监督管理局"],
                "due_on": day(12, 31),
            },
            {
                "number": "1",
                "content": "水质浑浊",
                "county": "和平县",
                "lead_departments": ["市水务局"],
                "due_on": day(12, 31),
            },
        ],
        left_out=3,
    ),
    Messy(
        "limits counted from the assignment",
        [
            sheet(
                "Sheet1",
                ["督办编号", "督办内容", "牵头单位", "交办日期", "反馈时限"],
                ["督〔2026〕1号", "公交班次少", "市交通局", day(9, 24, 2025), "交办后15个工作日内"],
                [
                    "督〔2026〕2号",
                    "停车难",
                    "市公安局",
                    "2026年9月18日",
                    "自交办之日起十五个工作日内",
                ],
                [
                    "督〔2026〕3号",
                    "道路积水",
                    "市水务局",
                    datetime(2026, 11, 16, 9, 30),
                    "15个工作日",
                ],
            )
        ],
        [
            {
                "number": "督〔2026〕1号",
                "content": "公交班次少",
                "lead_departments": ["市交通运输局"],
                "assigned_on": day(9, 24, 2025),
                "due_on": day(10, 21, 2025),
            },
            {
                "number": "督〔2026〕2号",
                "content": "停车难",
                "lead_departments": ["市公安局"],
                "assigned_on": day(9, 18),
                "due_on": day(10, 15),
            },
            {
                "number": "督〔2026〕3号",
                "content": "道路积水",
                "lead_departments": ["市水务局"],
                "assigned_on": day(11, 16),
                "due_on": day(12, 7),
            },
        ],
    ),
    Messy(
        "residents' columns and phones in texts",
        [
            sheet(
                "Sheet1",
                [
                    "工单编号",
                    "诉求人",
                    "联系电话",
                    "身份证号",
                    "家庭住址",
                    "诉求内容",
                    "责任单位",
                    "反馈内容",
                ],
                [
                    "W1",
                    "钱多多",
                    "13900001111",
                    "440101199003077758",
                    "某小区1栋101",
                    "钱多多来电（13900001111）反映路灯不亮",
                    "市住建局",
                    "已联系钱多多，电话139 0000 1111",
                ],
            )
        ],
        [
            {
                "number": "W1",
                "content": "钱**来电（139****1111）反映路灯不亮",
                "lead_departments": ["市住房和城乡建设局"],
                "feedback_text": "已联系钱**，电话139****1111",
            }
        ],
    ),
    Messy(
        "ditto marks and merged units",
        [
            sheet(
                "Sheet1",
                ["编号", "问题", "县区", "牵头单位", "交办日期", "反馈期限"],
                ["A-1", "甲问题", "东源县", "市水务局", "2026-9-1", "2026-9-22"],
                ["A-2", "乙问题", "同上", None, "〃", "〃"],
                ["A-3", "丙问题", "同上", None, '"', "2026-10-9"],
                merges=((2, 4, 4, 4),),
            )
        ],
        [
            {
                "number": "A-1",
                "content": "甲问题",
                "county": "东源县",
                "lead_departments": ["市水务局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
            },
            {
                "number": "A-2",
                "content": "乙问题",
                "county": "东源县",
                "lead_departments": ["市水务局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
            },
            {
                "number": "A-3",
                "content": "丙问题",
                "county": "东源县",
                "lead_departments": ["市水务局"],
                "assigned_on": day(9, 1),
                "due_on": day(10, 9),
            },
        ],
    ),
    Messy(
        "headings with brackets, breaks, spaces and full-width letters",
        [
            sheet(
                "Sheet1",
                [
                    "序 号",
                    "工单\n编号（必填）",
                    "诉 求 内 容\n（200字以内）",
                    "县（市、区）",
                    "镇（街道）",
                    "牵头单位：",
                    "协办单位（可多个）",
                    "交办时间\n（年/月/日）",
                    "反馈时限（15个工作日）",
                    "Ｎo",
                ],
                [
                    1,
                    "ＧＤ-001",
                    "水压不足",
                    "河源市源城区",
                    "源西街道办事处",
                    "河源市水务局",
                    "市 财 政 局；市住建局",
                    "2026/9/1",
                    "2026/9/22",
                    None,
                ],
            )
        ],
        [
            {
                "number": "GD-001",
                "content": "水压不足",
                "county": "源城区",
                "township": "源西街道",
                "lead_departments": ["市水务局"],
                "co_departments": ["市财政局", "市住房和城乡建设局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
            }
        ],
    ),
    Messy(
        "unit cells with roles, several leads, persons",
        [
            sheet(
                "Sheet1",
                ["编号", "事项名称", "存在问题", "责任单位", "办理时限"],
                ["1-1", "甲", "甲内容", "市教育局牵头，市财政局、市人社局配合", "2026年10月15日"],
                ["1-2", "乙", "乙内容", "市公安局、市交通局", "2026年10月15日"],
                ["1-3", "丙", "丙内容", "市民政局（李某某13800001234）", "2026年10月15日"],
                ["1-4", "丁", "丁内容", "市大数据中心", "2026年10月15日"],
            )
        ],
        [
            {
                "number": "1-1",
                "title": "甲",
                "content": "甲内容",
                "lead_departments": ["市教育局"],
                "co_departments": ["市财政局", "市人力资源和社会保障局"],
                "due_on": day(10, 15),
            },
            {
                "number": "1-2",
                "title": "乙",
                "content": "乙内容",
                "lead_departments": ["市公安局", "市交通运输局"],
                "due_on": day(10, 15),
            },
            {
                "number": "1-3",
                "title": "丙",
                "content": "丙内容",
                "lead_departments": ["市民政局"],
                "due_on": day(10, 15),
            },
            {"number": "1-4", "title": "丁", "content": "丁内容", "due_on": day(10, 15)},
        ],
        {"several-leads", "department-unknown"},
    ),
    Messy(
        "lead and responsible unit side by side",
        [
            sheet(
                "Sheet1",
                ["编号", "诉求内容", "牵头单位", "责任单位", "反馈时限", "完成时限"],
                ["B1", "扩建学校", "市教育局", "市自然资源局、市财政局", "2026-9-22", "2026-12-31"],
            )
        ],
        [
            {
                "number": "B1",
                "content": "扩建学校",
                "lead_departments": ["市教育局"],
                "co_departments": ["市自然资源局", "市财政局"],
                "due_on": day(9, 22),
            }
        ],
        {"heading-asked"},
    ),
    Messy(
        "dates as serials, eight digits and short years",
        [
            sheet(
                "Sheet1",
                ["编号", "诉求内容", "责任部门", "登记日期", "交办日期", "反馈期限", "反馈日期"],
                ["C1", "一", "市民政局", 46266, 20260902, "46288", "26.9.20"],
                [
                    "C2",
                    "二",
                    "市民政局",
                    "20260901",
                    "2026年9月2日 17:00",
                    "二〇二六年九月二十三日",
                    "2026-09-21 09:10:11",
                ],
            )
        ],
        [
            {
                "number": "C1",
                "content": "一",
                "lead_departments": ["市民政局"],
                "received_on": day(9, 1),
                "assigned_on": day(9, 2),
                "due_on": day(9, 23),
                "feedback_on": day(9, 20),
            },
            {
                "number": "C2",
                "content": "二",
                "lead_departments": ["市民政局"],
                "received_on": day(9, 1),
                "assigned_on": day(9, 2),
                "due_on": day(9, 23),
                "feedback_on": day(9, 21),
            },
        ],
    ),
    Messy(
        "impossible, ambiguous and implausible dates are flagged, never guessed",
        [
            sheet(
                "Sheet1",
                ["编号", "诉求内容", "责任部门", "反馈期限"],
                ["D1", "一", "市民政局", "2026年2月30日"],
                ["D2", "二", "市民政局", "9/10/2026"],
                ["D3", "三", "市民政局", "2206-09-30"],
                ["D4", "四", "市民政局", "2026-9-1\n2026-9-30"],
                ["D5", "五", "市民政局", "2026.9.1-9.30"],
            )
        ],
        [
            {
                "number": f"D{n}",
                "content": text,
                "lead_departments": ["市民政局"],
                **({"due_on": day(9, 30)} if n == 5 else {}),
            }
            for n, text in enumerate("一二三四五", start=1)
        ],
        {"date-unreadable", "date-ambiguous", "date-implausible", "date-several", "date-range"},
    ),
    Messy(
        "title only fills content; percent and points stay as printed",
        [
            sheet(
                "Sheet1",
                ["序号", "事项名称", "责任单位", "满意度"],
                [1, "甲", "市民政局", 0.95],
                [2, "乙", "市民政局", "88分"],
                [3, "丙", "市民政局", "未回访"],
                percent_cells=frozenset({(2, 4)}),
            )
        ],
        [
            {
                "number": "1",
                "content": "甲",
                "lead_departments": ["市民政局"],
                "satisfaction": "95%",
            },
            {
                "number": "2",
                "content": "乙",
                "lead_departments": ["市民政局"],
                "satisfaction": "88分",
            },
            {"number": "3", "content": "丙", "lead_departments": ["市民政局"]},
        ],
    ),
    Messy(
        "five points",
        [
            sheet(
                "Sheet1",
                ["序号", "问题", "责任单位", "满意度（5分制）"],
                [1, "甲", "市民政局", 5],
                [2, "乙", "市民政局", 3.0],
                [3, "丙", "市民政局", "1分"],
            )
        ],
        [
            {
                "number": "1",
                "content": "甲",
                "lead_departments": ["市民政局"],
                "satisfaction": "非常满意",
            },
            {
                "number": "2",
                "content": "乙",
                "lead_departments": ["市民政局"],
                "satisfaction": "基本满意",
            },
            {
                "number": "3",
                "content": "丙",
                "lead_departments": ["市民政局"],
                "satisfaction": "非常不满意",
            },
        ],
    ),
    Messy(
        "statuses in all their wordings",
        [
            sheet(
                "Sheet1",
                ["序号", "问题", "责任单位", "办理状态"],
                *[
                    [n, f"问题{n}", "市民政局", word]
                    for n, word in enumerate(
                        [
                            "已销号",
                            "超期未办结",
                            "尚未办理",
                            "长期坚持",
                            "暂无法解决，已解释",
                            "退回重办",
                            "待研究",
                        ],
                        start=1,
                    )
                ],
            )
        ],
        [
            {
                "number": str(n),
                "content": f"问题{n}",
                "lead_departments": ["市民政局"],
                **({"status": word} if word else {}),
            }
            for n, word in enumerate(
                ["已办结", "办理中", "未启动", "长期推进", "解释说明", "重新交办", None], start=1
            )
        ],
        {"status-unknown"},
    ),
    Messy(
        "unknown words are blank",
        [
            sheet(
                "Sheet1",
                ["编号", "诉求内容", "牵头单位", "反馈期限", "满意度", "备注"],
                ["E1", "保密", "市公安局", "不详", "××××", "空"],
                ["E2", "正常内容", "/", "—", "/", "无"],
            )
        ],
        [
            {"number": "E1", "lead_departments": ["市公安局"]},
            {"number": "E2", "content": "正常内容", "remarks": "无"},
        ],
        {"content-missing"},
    ),
    Messy(
        "places that contradict, are doubtful or combined",
        [
            sheet(
                "Sheet1",
                ["编号", "诉求内容", "属地", "责任单位"],
                ["F1", "一", "东源县船塘镇", "市水务局"],
                ["F2", "二", "上坪镇", "市水务局"],
                ["F3", "三", "市本级", "市水务局"],
                ["F4", "四", "江东新区临江镇", "市水务局"],
                ["F5", "五", "龙川县船塘镇", "市水务局"],
            )
        ],
        [
            {
                "number": "F1",
                "content": "一",
                "county": "东源县",
                "township": "船塘镇",
                "lead_departments": ["市水务局"],
            },
            {"number": "F2", "content": "二", "lead_departments": ["市水务局"]},
            {"number": "F3", "content": "三", "lead_departments": ["市水务局"]},
            {
                "number": "F4",
                "content": "四",
                "county": "江东新区",
                "township": "临江镇",
                "lead_departments": ["市水务局"],
            },
            {"number": "F5", "content": "五", "county": "龙川县", "lead_departments": ["市水务局"]},
        ],
        {"township-doubtful", "county-township-contradiction"},
    ),
    Messy(
        "months without a year take the title's year, over the new year the next",
        [
            sheet(
                "Sheet1",
                ["河源市2026年12月面对面交办台账"],
                ["编号", "诉求内容", "牵头单位", "交办日期", "反馈期限"],
                ["G1", "甲", "市水务局", "12月1日", "12月22日前"],
                ["G2", "乙", "市水务局", "12月20日", "1月12日"],
                merges=((1, 1, 1, 5),),
            )
        ],
        [
            {
                "number": "G1",
                "content": "甲",
                "lead_departments": ["市水务局"],
                "assigned_on": day(12, 1),
                "due_on": day(12, 22),
            },
            {
                "number": "G2",
                "content": "乙",
                "lead_departments": ["市水务局"],
                "assigned_on": day(12, 20),
                "due_on": day(1, 12, 2027),
            },
        ],
        {"date-year-rolled", "date-in-future"},
    ),
    Messy(
        "empty spacer rows, prefilled numbers, column numbers, long gap and a later table",
        [
            sheet(
                "Sheet1",
                ["序号", "诉求内容", "责任单位", "反馈期限"],
                [1, 2, 3, 4],
                [1, "甲", "市水务局", "2026-9-1"],
                [None, None, None, None],
                [2, "乙", "市水务局", "2026-9-2"],
                [3, None, None, None],
                [4, None, None, None],
                *([[]] * 30),
                ["序号", "诉求内容", "责任单位", "反馈期限"],
                [1, "丙", "市水务局", "2026-9-3"],
            )
        ],
        [
            {"number": "1", "content": "甲", "lead_departments": ["市水务局"], "due_on": day(9, 1)},
            {"number": "2", "content": "乙", "lead_departments": ["市水务局"], "due_on": day(9, 2)},
            {"number": "1", "content": "丙", "lead_departments": ["市水务局"], "due_on": day(9, 3)},
        ],
        left_out=4,
    ),
    Messy(
        "a county's own ledger: county from the title, short names doubted",
        [
            sheet(
                "Sheet1",
                ["东源县“面对面”交办事项台账"],
                ["填报单位：", "东源县人民政府", None, "截至2026年9月30日"],
                ["序号", "事项", "镇街", "承办单位", "办结时间"],
                [1, "村道硬化", "灯塔镇", "交通运输局", "9月20日"],
                [2, "水渠清淤", "船塘镇", "东源县水务局", None],
            )
        ],
        [
            {
                "number": "1",
                "content": "村道硬化",
                "county": "东源县",
                "township": "灯塔镇",
                "lead_departments": ["市交通运输局"],
            },
            {"number": "2", "content": "水渠清淤", "county": "东源县", "township": "船塘镇"},
        ],
        {"department-level-doubtful", "department-unknown"},
    ),
    Messy(
        "three-row header",
        [
            sheet(
                "Sheet1",
                ["序号", "诉求基本情况", None, None, "办理情况", None, None],
                [None, "诉求内容", "属地", None, "牵头单位", "时间", None],
                [None, None, "县区", "镇街", None, "交办时间", "反馈时限"],
                [1, "甲", "紫金县", "蓝塘镇", "市民政局", day(9, 1), day(9, 22)],
                merges=(
                    (1, 1, 3, 1),
                    (1, 2, 1, 4),
                    (1, 5, 1, 7),
                    (2, 2, 3, 2),
                    (2, 3, 2, 4),
                    (2, 5, 3, 5),
                    (2, 6, 2, 7),
                ),
            )
        ],
        [
            {
                "number": "1",
                "content": "甲",
                "county": "紫金县",
                "township": "蓝塘镇",
                "lead_departments": ["市民政局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
            }
        ],
    ),
    Messy(
        "a CSV-like two-row header whose merges are lost",
        [
            sheet(
                "Sheet1",
                ["序号", "诉求内容", "责任单位", "", "办理时间", ""],
                ["", "", "牵头单位", "配合单位", "交办时间", "反馈时限"],
                ["1", "甲", "市民政局", "市财政局", "2026-09-01", "2026-09-22"],
            )
        ],
        [
            {
                "number": "1",
                "content": "甲",
                "lead_departments": ["市民政局"],
                "co_departments": ["市财政局"],
                "assigned_on": day(9, 1),
                "due_on": day(9, 22),
            }
        ],
    ),
    Messy(
        "hidden rows are items, feedback before assignment is told",
        [
            sheet(
                "Sheet1",
                ["编号", "诉求内容", "责任单位", "交办日期", "反馈日期", "书面反馈情况"],
                ["H1", "甲", "市民政局", day(9, 10), day(9, 1), "已处理"],
                ["H2", "乙", "市民政局", day(9, 10), day(9, 20), "已答复\n群众认可"],
                hidden_rows=frozenset({3}),
            )
        ],
        [
            {
                "number": "H1",
                "content": "甲",
                "lead_departments": ["市民政局"],
                "assigned_on": day(9, 10),
                "feedback_on": day(9, 1),
                "feedback_text": "已处理",
            },
            {
                "number": "H2",
                "content": "乙",
                "lead_departments": ["市民政局"],
                "assigned_on": day(9, 10),
                "feedback_on": day(9, 20),
                "feedback_text": "已答复\n群众认可",
            },
        ],
        {"feedback-before-assignment"},
    ),
    Messy(
        "completion time as a limit, judged by its values",
        [
            sheet(
                "Sheet1",
                ["2026年重点任务清单"],
                ["序号", "存在问题", "解决措施", "办理部门", "完成时间"],
                [1, "甲", "建", "市水务局", "2026年9月底前"],
                [2, "乙", "修", "市水务局", "长期坚持"],
            )
        ],
        [
            {
                "number": "1",
                "content": "甲",
                "lead_departments": ["市水务局"],
                "due_on": day(9, 30),
            },
            {"number": "2", "content": "乙", "lead_departments": ["市水务局"]},
        ],
        {"heading-asked"},
    ),
    Messy(
        "category titles inside the data and checkbox cells",
        [
            sheet(
                "面对面",
                ["序号", "问题", "责任单位", "办理状态", "满意度"],
                ["（一）教育类"],
                [1, "学位", "市教育局", "☑已办结 □正在办理 □未办理", "□满意 ■不满意"],
                ["（二）医疗类"],
                [2, "急诊", "市卫健局", "□已办结 ☑正在办理 □未办理", None],
                merges=((2, 1, 2, 5), (4, 1, 4, 5)),
            )
        ],
        [
            {
                "number": "1",
                "content": "学位",
                "lead_departments": ["市教育局"],
                "status": "已办结",
                "satisfaction": "不满意",
            },
            {
                "number": "2",
                "content": "急诊",
                "lead_departments": ["市卫生健康局"],
                "status": "办理中",
            },
        ],
        left_out=2,
    ),
    Messy(
        "number column typed as 9.3 loses its zero",
        [
            sheet(
                "Sheet1",
                ["2026年台账清单"],
                ["编号", "诉求内容", "责任单位", "反馈期限"],
                ["J1", "甲", "市民政局", 9.3],
                ["J2", "乙", "市民政局", 9.15],
                ["J3", "丙", "市民政局", "9.30"],
            )
        ],
        [
            {"number": "J1", "content": "甲", "lead_departments": ["市民政局"]},
            {
                "number": "J2",
                "content": "乙",
                "lead_departments": ["市民政局"],
                "due_on": day(9, 15),
            },
            {
                "number": "J3",
                "content": "丙",
                "lead_departments": ["市民政局"],
                "due_on": day(9, 30),
            },
        ],
        {"date-ambiguous"},
    ),
]
