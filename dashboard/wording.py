"""Sentences shown to people that are not labels of stored values (those: vocabulary)."""

from __future__ import annotations

APP_NAME = "督办"

# The server
SERVER_READY = "督办已启动：http://{host}:{port} （按 Ctrl+C 停止）"
PORT_TAKEN = (
    "端口 {port} 已被占用。请关闭占用它的程序，或换一个端口（例如 DUBAN_PORT=8502）再启动。"
)
CONFIGURATION_MISSING = "没有找到 .streamlit/config.toml：请从项目目录启动。"
NO_SUCH_ADDRESS = "没有这个地址。"
NEEDS_SCRIPTS = "督办需要浏览器启用 JavaScript。"
OPENING = "正在打开督办……"

# Who is looking
LOGIN_FIRST = "请先登录。"
FOREIGN_FORM = "这个请求不是从本系统的页面提交的，已拒绝。"
NO_FILES_FROM_YOU = "您的角色没有要上传文件的页面，已拒绝。"
NO_FILES_FOR_OTHERS = "这个页面不是您打开的，文件没有收下；请刷新页面后再传。"
TOO_MANY_FILES = "您上传的文件太多，服务器放不下；请关闭用完的页面，十分钟后再传。"
UPLOAD_REFUSED = {
    NO_FILES_FROM_YOU: "上传文件（没有这项权限）",
    NO_FILES_FOR_OTHERS: "向别人的页面上传文件",
    TOO_MANY_FILES: "上传文件过多",
}
"""Refusals of a file, as the audit calls what was asked for."""
PAGE_OF_OTHERS = "接着使用别人打开的页面"
FILE_OF_OTHERS = "下载别人生成的文件"
REQUEST_OF_ANOTHER_SITE = "从其他网站的页面提交"
FORM_REFUSED = "提交的内容太多或不完整，已拒绝。"
NOT_CHECKED = "暂时无法核对登录，请稍后重试；一直这样，请告诉管理员。"
OUTSIDE_FAILED = "统一身份登录没有成功，请重试；一直这样，请告诉管理员。"
BUSY_LOGIN = "正在保存一份台账或别的大批数据，登录暂时记不下来，请过一两分钟再试。"
TRIES_AGAIN = "本页每 {seconds} 秒自动重试，不用刷新。"
SESSION_ENDED = "登录已失效（久未操作、已退出或权限有变动），请重新登录。"

# Defects
DEFECT_SHOWN = "系统出现错误，已记录（编号 {number}）。请稍后重试，或把编号告诉管理员。"
BUSY_ACT = "正在保存一份台账或别的大批数据，这一步没有做成，什么都没有改动。请过一两分钟再做一次。"

# Files that leave
FILE_AFTER_THE_END = "登录已失效，请重新登录后再下载。"
FILE_OF_AN_OLD_PAGE = "这一页太旧了，请刷新页面后再下载。"
FILE_WAITS = "正在保存一份台账，请过一两分钟再点。"

STORE_NOT_REACHED = (
    "数据库连不上、正忙或磁盘已满（编号 {number}）。"
    "请检查 DUBAN_DATABASE_URL 和数据库是否在运行，再试一次；库中原有数据没有改动。"
)

# Maps
MAP_NOTE = "示意图，不代表行政区域界线；仅供内部工作使用，公开发布前请按规定送审。"
MAP_SOURCE = "镇（街）驻地：GeoNames（CC BY 4.0）；代码：国家统计局 2023 年统计用区划代码。"
MAP_OWN_SOURCE = "位置按本市提供的文件推算；代码和名称按本市的镇（街）名册。"
MAP_ARRANGED = "排布只按县（区）归类，不表示方位：上传本市的边界或驻地文件后，按实际位置排。"
MAP_FROM = "来源：{}。"
MAP_REVIEWED = (
    "边界所据地图的审图号：{}。界线仅供参考，不作划界依据；图上加了数据，公开发布前仍须按规定送审。"
)
MAP_NO_REVIEW = "边界文件没有审图号：仅供内部工作使用，不得公开发布；界线仅供参考，不作划界依据。"
MAP_TILES = (
    "底图来自本市自己的瓦片服务（须为 WGS-84 或 CGCS2000，GCJ-02 的底图会偏移约 500 米）；"
    "浏览器不支持 WebGL 时这里是空白，请选蜂窝图。"
)
MAP_UNITS = (
    "一格为一个镇（街），点一格看进去；县（区）一律按考核单位（含功能区代管的镇街），"
    "不按行政区划代码的法定县（区）。"
)
MAP_ZONES = "分区按离哪个镇（街）驻地最近推算；太小的格不写字，选县（区）放大看。"
MAP_BORDERS = "边界用的是本市提供的文件；太小的格不写字，选县（区）放大看。"
