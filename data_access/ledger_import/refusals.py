"""The sentences with which a file is refused: what is wrong, and what to do."""

from __future__ import annotations

from data_access.ledger_import.limits import MB, Limits
from data_access.ledger_import.model import LedgerRefused

SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"
SEND_A_LEDGER = "请上传 Excel 台账（.xlsx、.xls）或 CSV。"
SPLIT = "请拆成几份，分别上传。"

EMPTY = "文件是空的，没有任何内容。请检查后重新上传。"
DAMAGED = f"文件已损坏或没有传完整，无法读取。{SAVE_AS}"
TAMPERED = f"文件内部结构不正常，为安全起见没有打开。{SAVE_AS}"
DECLARATIONS = f"文件内部带有不安全的声明（DTD），没有打开。{SAVE_AS}"
BOMB = f"文件解压后异常地大，不像正常的台账，没有打开。{SAVE_AS}"
ENCRYPTED = "工作簿设有打开密码，无法读取。请取消密码后重新上传。"
ENCRYPTED_ZIP = "压缩包设有密码，无法读取。请取消密码、解压后上传其中的 Excel 台账。"
MACROS = "工作簿带有宏，按规定不接收。请另存为不带宏的 .xlsx 后重新上传。"
NO_SHEETS = f"工作簿里没有工作表，文件可能已损坏。{SAVE_AS}"
ALL_HIDDEN = "工作簿里的工作表全都隐藏着，没有可读的内容。请取消隐藏后重新上传。"
NO_CELLS = "表格里没有任何内容。请检查是否选错了文件，再重新上传。"
UNKNOWN = f"无法识别文件内容，它不是 Excel 工作簿，也不是 CSV 文本。{SAVE_AS}"
ET = f"这是 WPS 表格文件（.et），不能直接读取。{SAVE_AS}"
XLSB = f"这是二进制工作簿（.xlsb），不能直接读取。{SAVE_AS}"
ODS = f"这是 OpenDocument 文件（.ods 等），不能直接读取。{SAVE_AS}"
HTML = f"这是网页（HTML）改了后缀的文件，不是真正的 Excel 表格。{SAVE_AS}"
MHT = f"这是网页格式（.mht）的文件，不是真正的 Excel 表格。{SAVE_AS}"
SPREADSHEET_2003 = f"这是“XML 表格 2003”格式的文件，不能直接读取。{SAVE_AS}"
XML = f"这是 XML 文件，不是 Excel 台账。{SAVE_AS}"
JSON = f"这是 JSON 数据，不是台账表格。{SEND_A_LEDGER}"
PROSE = f"这是没有分列的文字，不是台账表格。{SEND_A_LEDGER}"
PDF = f"这是 PDF 文件，不是台账表格。{SEND_A_LEDGER}"
OFD = f"这是 OFD 版式文件，不是台账表格。{SEND_A_LEDGER}"
IMAGE = f"这是图片，不是台账表格。{SEND_A_LEDGER}"
MEDIA = f"这是音视频文件，不是台账表格。{SEND_A_LEDGER}"
PROGRAM = f"这是程序文件，不是台账表格。{SEND_A_LEDGER}"
DATABASE = f"这是数据库文件，不是台账表格。请从中导出 Excel 台账后上传。{SEND_A_LEDGER}"
ARCHIVE = "这是压缩包，不是台账表格。请先解压，再逐个上传其中的 Excel 台账。"
WORD = "这是文字处理文档（Word），不是台账表格。请把表格复制到 Excel，存为 .xlsx 后上传。"
SLIDES = f"这是演示文稿，不是台账表格。{SEND_A_LEDGER}"
MAIL = "这是邮件，不是台账表格。请上传其中的 Excel 附件。"

TOO_LONG = f"读取文件用时过长，已停止。{SPLIT}如果文件不大，请另存为新的 .xlsx 再试。"
TOO_MUCH_MEMORY = f"读取文件占用内存过多，已停止。{SPLIT}如果文件不大，请另存为新的 .xlsx 再试。"
NO_ROOM = "服务器暂时没有足够的空间读取文件。请稍后重新上传；仍不行时请联系管理员。"
DIED = f"读取文件时出错，已安全停止。{SAVE_AS}"
TOO_MANY_CELLS = f"表格的单元格太多，超出能处理的大小。{SPLIT}"
TOO_MANY_MERGES = f"表格里的合并单元格太多，无法处理。请取消多余的合并后重新上传。{SPLIT}"
BROKEN_QUOTES = f"CSV 中的引号不成对，无法分列。请改正引号；或者{SAVE_AS}"
BROKEN_UTF8 = "CSV 中有损坏的文字（UTF-8），可能没有传完整。请重新导出后上传。"


def file_too_large(limits: Limits) -> LedgerRefused:
    return LedgerRefused(
        f"文件超过 {limits.file_bytes / MB:g} MB，太大了。请拆成几份，或删去图片后重新上传。"
    )


def unpacked_too_large(limits: Limits) -> LedgerRefused:
    return LedgerRefused(
        f"文件解压后超过 {limits.unpacked_bytes / MB:g} MB，太大了。"
        "请清除空白行列的格式、删去图片，或拆成几份后重新上传。"
    )


def too_many_entries(count: int, limits: Limits) -> LedgerRefused:
    return LedgerRefused(
        f"文件内部有 {count} 个部件，超过 {limits.entries} 个，没有打开。{SAVE_AS}"
    )


def too_many_rows(limits: Limits) -> LedgerRefused:
    return LedgerRefused(f"台账超过 {limits.rows} 行，太大了。{SPLIT}")


def cell_too_far(cell: str, limits: Limits) -> LedgerRefused:
    return LedgerRefused(
        f"单元格 {cell} 有内容，超出了 {limits.rows} 行、{limits.columns} 列的范围。"
        "请删去这个单元格的内容，或拆成几份后重新上传。"
    )


def cell_too_long(cell: str, limits: Limits) -> LedgerRefused:
    return LedgerRefused(
        f"单元格 {cell} 的文字超过 {limits.cell_text} 字。请缩短或拆开后重新上传。"
    )


def told_twice(cell: str) -> LedgerRefused:
    return LedgerRefused(f"单元格 {cell} 在文件里出现了两次，内容不同，无法判断取哪一个。{SAVE_AS}")


def no_such_cell(cell: str) -> LedgerRefused:
    return LedgerRefused(f"文件里有不存在的单元格位置 {cell}，文件可能已损坏。{SAVE_AS}")
