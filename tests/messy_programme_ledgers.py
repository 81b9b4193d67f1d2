"""Ledgers of the eleven shipped programmes as county offices write them. Nobody in them.

A title over the whole width, two rows of headings, other words, days in many forms, 同上, blank
rows, totals, headings said again, notes and signatures below.
"""

from __future__ import annotations

import io
from datetime import datetime
from itertools import pairwise
from typing import Any

import openpyxl

from data_access.ledger_import.model import Workbook
from data_access.ledger_import.workbook import open_ledger

LEDGERS = {
    "dispute_mediation": """源城区矛盾纠纷排查化解台账.xlsx
源城区2026年第三季度矛盾纠纷排查化解工作台账
填报单位：源城区委政法委（盖章）    填报时间：2026年11月20日
=序号|化解编号|所属镇街|纠纷概况|当事人姓名|电话|类型|调解情况||时间|||状态
=|||||||层级|方式|受理时间|预计化解时间|实际化解时间|
#1|YC-001|东埔街道|张三与李四因排水沟起争执|张三|13800138000|邻里|村级|网格|2026.7.3|2026年8月2日|7月20日|已化解
#2|YC-002|源南镇|业主与物业收费纠纷|王五||物业纠纷|镇街|分流调解|@2026-08-01||2026/8/29|调解成功

小计（东埔街道）||#2
#3|YC-003|源南镇|欠薪|赵六||劳资纠纷|县级|联动|#46235|||正在调解
#4|YC-004|同上|同上|孙七||同上|市级|精专|2026-09-31|||办理中
序号|化解编号|所属镇街|纠纷概况|当事人姓名|电话|类型|层级|方式|受理时间|预计化解时间|实际化解时间|状态
#5|YC-005|源西街道|婚姻纠纷|周八||婚姻家庭纠纷|社区|网格调解员|20260915||未化解|未化解
合计|||#5
备注：本表每周五前报送
填表人：|||审核人：""",
    "township_whistle": """吹哨台账.xlsx
街镇吹哨、部门报到工作台账（2026年11月）
单位：件
=编号|所属县区|镇街|哨件内容|类别|响应部门|吹哨时间|响应时间|报到日期|到场时长|办理时限|办结时间|状态|吹哨单位评价
CS1|紫金县|蓝塘镇|占道经营|执法哨|城管局|11.2 9:30|11.2|11月2日|2小时|5个工作日|2026.11.9|办结|满意
CS2|紫金县|蓝塘镇|山体滑坡|应急哨|市应急管理局|2026-11-03|2026-11-03|2026-11-03|约1小时|||办理中
CS3|东源县|仙塘镇|违建|综合执法|市自然资源局|2026年11月5日||||||已吹哨|/
|合计|3件""",
    "household_visits": """和平县一户一册.xlsx
和平县“一户一册”走访登记表
填报单位：和平县民政局
=户号|镇街|村(社区)|户主|电话|家庭住址|类别|帮扶单位|走访时间|走访记录|有无诉求|办理情况|办结日期
HP-01|阳明镇|星塘村|叶某某|0762-5630000|阳明镇1号|低保户|县民政局|11月3日|生活困难|有|已解决|11月10日
HP-02|阳明镇|星塘村|陈丽|||独居老人|县民政局|2026/11/4|身体健康|无
HP-03|礼士镇||黄强|||五保户|县民政局|2026-11-24|无|否
HP-01|阳明镇|星塘村|叶某某|||低保户|县民政局|2026.11.17|第二次走访|无
总计|#4""",
    "enterprise_visits": """一企一册.xlsx
2026年第四季度“一企一册”走访企业台账
单位：家
=序号|企业|县区|所属行业|企业联系人|电话|包联单位|走访时间|问题|类别|办理情况|办结日期|备注
#1|甲电子有限公司|高新区|工业|李总|13900000000|市工业和信息化局|2026.10.12|招工难|用工|已解决|2026.11.1
#2|乙农业公司|东源县|农林牧渔|||市农业农村局|10月20日|无|无|无需办理
#3|丙公司|江东新区|电商|王||市商务局|2026-11-02|融资难|融资|办理中
一、重点企业
#4|丁公司|江东新区|商贸|||市商务局|2026-11-05|用电|用能|办理中""",
    "service_card": """服务卡.xlsx
便民服务卡咨询登记表
2026年11月
=编号|县区|镇街|姓名|电话|内容|类别|受理单位|咨询时间|答复时间|状态
K1|龙川县|老隆镇|李|13711112222|医保怎么报销|社保医保|市医疗保障局|2026-11-03 10:20|当日|当场答复
K2|龙川县|老隆镇|张||入学|教育|市教育局|11.4|11.6|已答复
K3|连平县||王||就业|就业服务|市人社局|2026.11.20||待答复""",
    "suggestions": """建议.xlsx
人大代表政协委员和群众意见建议采纳情况表
截至2026年11月
=编号|意见建议|县区|承办单位|类别|来源|姓名|登记日期|答复时间|结果|落实时间
J1|增设公交站|源城区|市交通运输局|民生|座谈会|刘|2026.9.1|2026.9.18|采纳|2026-10-8
J2|降低收费|源城区|发改局|发展|热线|何|2026.9.3|2026.9.20|不采纳
J3|绿化|东源县|市住建局|生态|人大代表|丘|2026.10.3||研究中""",
    "acceptance": """认同.xlsx
办理进展评议（认同度）情况表

=编号|事项|县区|责任单位|公布时间|评议时间|评议人数|认同情况|状态
R1|路灯维修|源城区|市城管局|2026.10.9|2026.10.16|25人|认同|已评议
R2|排水改造|东源县|市水务局|2026.10.9|2026.10.20|18|不认同|退回重办
R3|公交|东源县|市交通运输局|2026.11.9||||待评议""",
    "research_findings": """调研.xlsx
2026年度调研课题及成果转化情况一览表
牵头：市委政研室
=编号|课题名称|责任单位|类别|启动时间|完成期限|完成时间|转化情况|转化时间|状态
D1|县域经济|市发改局|发展|2026年3月|2026.6.30|2026年6月28日|市委主要领导批示|2026.7.15|完成
D2|基层减负|市委办公室|治理|2026.3.1|2026.6.30|2026.7.10|文件|2026.8.1|已完成
D3|养老|市民政局|民生|2026.9.1|2026.12.31||未转化||调研中""",
    "task_lists": """清单.xlsx
2026年8类34张任务清单推进情况
更新至11月20日
=编号|清单|类别|工作任务|牵头单位|下达日期|完成期限|进度(%)|完成时间|状态
T1|十件民生实事清单|民生实事|新建公办学位|市教育局|2026.1.10|2026年12月底前|#0.8||推进中
T2|十件民生实事清单|民生实事|改造管网|市水务局|2026.1.10|2026-09-30|100%|2026-09-28|已销号
T3|安全生产清单|安全|排查|市应急管理局|2026.1.10|2026-06-30|#45||进行中
小计|#3""",
    "petition_by_proxy": """代办.xlsx
连平县信访代办事项登记台账

=编号|镇街|姓名|电话|诉求内容|类别|责任单位|代办员|受理时间|办理期限|办结时间|答复日期|状态
P1|元善镇|谢某|13600000000|征地补偿|土地征收|市自然资源局|村支书|2026.8.3|2026.10.2|2026.9.20|9.21|办结
P2|绣缎镇|曾||低保|民生救助|市民政局|网格员|2026.10.8||||办理中""",
    "household_aid": """救助.xlsx
困难群众救助台账
单位：元
=编号|县区|镇街|户主姓名|身份证号|电话|家庭住址|人口|申请事由|类型|责任单位|申请时间|审批日期|发放日期|救助金额（元）|状态
A1|紫金县|蓝塘镇|黄|441621196001010011|13500000000|蓝塘镇某村|#4|重病|医疗救助|市民政局|2026.9.1|2026.9.15|2026.9.20|3,500.00|同意
A2|紫金县|蓝塘镇|刘|44162119700101002X|||3口|火灾|临时救助|市民政局|2026.10.1|2026.10.12|2026.10.13|#2000.5|同意
A3|紫金县||朱||||#2|学费|教育救助|市教育局|2026.11.1||||审核中
合计|||||||#9|||||||#5500.5""",
}
"""Programme → file name, title, line below it, headings (=), rows; @ is a day, # a number."""


def messy_ledger(name: str, text: str | None = None) -> Workbook:
    """One of LEDGERS, or `text` in its place, as a workbook that was uploaded."""
    file_name, *told = (text or LEDGERS[name]).splitlines()
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in told:
        sheet.append([_cell(text) for text in line.removeprefix("=").split("|")])
    headings = [line[1:].split("|") for line in told if line.startswith("=")]
    width = len(headings[-1])
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    if len(headings) > 1:
        _merge_headings(sheet, *headings)
    made = io.BytesIO()
    book.save(made)
    return open_ledger(made.getvalue(), file_name)


def _cell(text: str) -> object:
    if text.startswith("@"):
        return datetime.fromisoformat(text[1:])
    return float(text[1:]) if text.startswith("#") else text or None


def _merge_headings(sheet: Any, upper: list[str], lower: list[str]) -> None:
    """One heading down both rows where nothing stands below; else across what stands below."""
    starts = [n for n, text in enumerate(upper, 1) if text]
    for first, after in pairwise([*starts, len(upper) + 1]):
        if not lower[first - 1]:
            sheet.merge_cells(start_row=3, start_column=first, end_row=4, end_column=first)
        elif after > first + 1:
            sheet.merge_cells(start_row=3, start_column=first, end_row=3, end_column=after - 1)
