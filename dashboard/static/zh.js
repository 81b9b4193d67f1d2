// Streamlit has no language setting: this turns the words its own frontend shows into Chinese.
// Words are those of Streamlit 1.67's bundle. Short words are left alone inside content that
// the app drew (a ledger may contain "Open"); whole sentences of the frontend are safe anywhere.
(() => {
  "use strict";

  const WORDS = {
    // Table: toolbar, column menu, formats, statistics
    "Search": "搜索", "Close Search": "关闭搜索", "Type to search": "输入文字搜索",
    "Previous Result": "上一处", "Next Result": "下一处", "No results": "无结果",
    "Show/hide columns": "显示/隐藏列", "Download as CSV": "下载 CSV", "Clear selection": "清除选择",
    "Add row": "添加行", "Delete row(s)": "删除行", "Add": "添加", "Select all": "全选",
    "Select...": "请选择", "Fullscreen": "全屏", "Close fullscreen": "退出全屏",
    "Sort ascending": "升序", "Sort descending": "降序", "Statistics": "统计", "Format": "格式",
    "Autosize": "自动列宽", "Pin column": "固定列", "Unpin column": "取消固定", "Hide column": "隐藏列",
    "Copy column name": "复制列名", "Dataframe column menu": "列菜单", "Button action menu": "操作菜单",
    "Automatic": "自动", "Localized": "本地格式", "Plain": "纯数字", "Compact": "缩写", "Dollar": "美元",
    "Euro": "欧元", "Yen": "日元", "Percent": "百分比", "Scientific": "科学记数", "Accounting": "会计格式",
    "Distance": "距今", "Calendar": "日历", "Duration": "时长", "Rename": "重命名", "Edit": "编辑",
    "Values": "有值", "Empty": "空白", "empty": "空白", "Distinct": "不同值", "Average": "平均",
    "Median": "中位数", "Minimum": "最小", "Maximum": "最大", "Standard deviation": "标准差",
    "25th percentile": "四分之一位", "75th percentile": "四分之三位", "Sum": "合计", "Count": "计数",
    "Range": "跨度", "Minimum length": "最短字数", "Maximum length": "最长字数",
    "Average length": "平均字数", "Based on sample": "按抽样", "True": "是", "False": "否",
    "Distribution histogram": "分布图", "Top values frequency chart": "最多的值",
    "True/false distribution chart": "是否分布", "Wrap": "换行", "No data": "无数据",
    "No content": "无内容", "None": "空", "No clipboard data": "剪贴板没有内容",
    "Cancel (Escape)": "取消（Esc）", "Scrollable table": "可滚动的表格",
    // Charts
    "Show data": "查看数据", "Show chart": "查看图", "Download as PNG": "下载图片",
    "Copy Vega-Lite spec": "复制图的定义", "Vega visualization": "图", "Copied!": "已复制", "visualization": "图", "group mark container": "图",
    // File upload
    "Upload": "选择文件", "Upload directories": "选择文件夹", "Add files": "添加文件",
    "Browse files": "选择文件", "Drag and drop a file here": "把文件拖到这里",
    "Drag and drop files here": "把文件拖到这里", "Drag and drop directories here": "把文件夹拖到这里",
    "Too many files": "文件过多", "Only one file is allowed.": "只能选一个文件。",
    "File type not allowed.": "文件类型不符。", "File size is too small.": "文件太小。",
    "Upload failed": "上传失败", "Uploading...": "正在上传…", "Click to retry upload": "点击重新上传",
    "Unexpected error. Please try again.": "出现意外错误，请重试。", "Network Error": "网络错误",
    "Error uploading file": "文件上传出错", "Error deleting file": "文件删除出错", "file upload": "文件上传",
    // Choices and fields
    "Choose options": "请选择", "Choose an option": "请选择", "Add an option": "添加选项",
    "Choose or add options": "选择或添加", "Choose or add an option": "选择或添加",
    "No options to select": "没有可选项", "No options to select.": "没有可选项", "No options": "没有可选项",
    "Loading...": "正在加载…", "Clear all": "全部清除", "Clear value": "清除", "Clear entry": "清除",
    "Selected values": "已选", "Selectbox": "下拉选择", "Selectbox options": "选项",
    "Multiselect": "多选", "(required)": "（必填）", "Show password": "显示密码",
    "Hide password": "隐藏密码", "Increment": "增加", "Decrement": "减少", "Invalid input.": "输入不符合要求。",
    "Number is below the allowed range.": "数字低于允许范围。",
    "Number is above the allowed range.": "数字高于允许范围。", "Feedback rating": "评分",
    // Dates
    "yyyy": "年", "mm": "月", "dd": "日", "Choose date": "选择日期", "Choose date range": "选择起止日期", "Choose date and time": "选择日期时间",
    "Clear date": "清除日期", "Clear dates": "清除日期", "Clear time": "清除时间", "Time": "时间",
    "Clear date and time": "清除日期时间", "Date range": "起止日期", "Previous month": "上个月",
    "Next month": "下个月", "Previous": "上一页", "Next": "下一页", "Past Week": "近一周",
    "Past Month": "近一月", "Past 3 Months": "近三月", "Past 6 Months": "近半年", "Past Year": "近一年",
    "Past 2 Years": "近两年", "Quick select a date range": "快速选择时段",
    // Frame of the page
    "Running...": "正在运行…", "Stopping...": "正在停止…", "Stop": "停止", "Rerun": "重新运行",
    "Always rerun": "总是重新运行", "Connecting": "正在连接", "Connecting to Streamlit server": "正在连接服务器",
    "Unable to connect to Streamlit server": "无法连接服务器", "Error": "错误", "Warning": "提醒",
    "Close": "关闭", "Cancel": "取消", "OK": "确定", "Copy": "复制", "Copied": "已复制",
    "Copy to clipboard": "复制", "Main menu": "主菜单", "Print": "打印", "Settings": "设置", "Theme": "外观",
    "Light": "浅色", "Dark": "深色", "System": "跟随系统", "Use system setting": "跟随系统",
    "Custom Theme": "督办", "Custom Theme Light": "浅色", "Custom Theme Dark": "深色",
    "Custom Theme Auto": "跟随系统", "Clear cache": "清除缓存", "Clear caches": "清除缓存", "About": "关于",
    "Get help": "帮助", "Report a bug": "报告问题", "Record a screencast": "录屏", "Deploy": "部署",
    "Sidebar": "侧栏", "Expand sidebar": "展开侧栏", "Collapse sidebar": "收起侧栏", "App pages": "页面",
    "View less": "收起", "Skip to main content": "跳到正文", "App Logo": "标志", "Logo": "标志",
    "Navigate to home page": "回到首页", "Notifications": "通知", "Link to heading": "本节链接",
    "Toolbar action": "操作", "Menu": "菜单", "Open": "展开", "Pagination": "翻页",
    "Previous page": "上一页", "Next page": "下一页", "Scroll tabs left": "向左", "Scroll tabs right": "向右",
    "Page not found": "页面不存在", "Script execution error": "运行出错", "Connection error": "连接中断",
    "Try again": "重试", "Continue anyway": "仍然继续", "Unknown Error": "未知错误",
    "Unknown error": "未知错误", "Download failed": "下载失败", "Request timed out": "请求超时",
    "Connection timed out": "连接超时", "Connection closed": "连接已断开", "Network error": "网络错误",
    "Error:": "错误：", "Dismiss": "关闭", "Show suggestions": "展开选项", "Suggestions": "选项",
    "(opens in new tab)": "（在新标签页打开）", "Traceback:": "",
  };

  // Kinds of a column, told only in attributes.
  const KINDS = {
    "text": "文本", "number": "数字", "date": "日期", "datetime": "日期时间", "time": "时间",
    "checkbox": "是否", "selectbox": "单选", "multiselect": "多选", "list": "列表", "link": "链接",
    "progress": "进度", "button": "操作", "object": "对象",
  };

  const SENTENCES = {
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "没有这个页面，已打开首页。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "督办服务没有响应。请确认服务正在运行；服务启动后本页会自动恢复。",
    "Streamlit server is not responding. Are you connected to the internet?":
      "督办服务没有响应。请确认服务正在运行、网络正常；恢复后本页会自动继续。",
    "streamlit run yourscript.py": "make run",
    "Connection timed out.": "连接超时。",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "连接中断，请等待恢复后再试。",
    "Cannot rerun script when disconnected from server.": "连接中断，暂时无法刷新。",
    "Cannot stop app when disconnected from server.": "连接中断，暂时无法操作。",
    "An error has occurred, please try again.": "出现错误，请重试。",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "用方向键移动，回车选择，Esc 关闭。",
    "Use arrow keys to navigate. Enter to select. Tab to switch between calendar and time. Escape to close.":
      "用方向键移动，回车选择，Tab 切换日期和时间，Esc 关闭。",
    "This app has encountered an error. The original error message is redacted to prevent data leaks.":
      "系统出现错误，已记录。请稍后重试，或告诉管理员。",
    "Failed to load data": "数据未能载入",
    "This field is required.": "此项必填。",
    "⚠️ Please fill out this cell.": "⚠️ 请填写此格。",
    "Invalid time format. Please use HH:MM.": "时间应写成 08:30 这样。",
    "Invalid time format. Please use HH:MM:SS or HH:MM.": "时间应写成 08:30 或 08:30:00 这样。",
    "Click to start selecting date range": "点击选择开始日期",
    "Click to finish selecting date range": "点击选择结束日期",
    "First available date": "最早可选日期", "Last available date": "最晚可选日期",
  };

  const PATTERNS = [
    [/^(\d+(?:\.\d+)?) ?(KB|MB|GB) per file(?: • (.+))?$/, (m) => `单个文件不超过 ${m[1]}${m[2]}${m[3] ? `（${m[3]}）` : ""}`],
    [/^File type must be (?:one of )?(.+)$/, (m) => `文件类型应为 ${m[1]}`],
    [/^File is larger than (.+?)(?: bytes?)?$/, (m) => `文件超过 ${m[1]}`],
    [/^File is smaller than (.+?)(?: bytes?)?$/, (m) => `文件小于 ${m[1]}`],
    [/^File must be (.+) or smaller\.?$/, (m) => `文件不能超过 ${m[1]}`],
    [/^(.+) files are not allowed\.$/, (m) => `不能上传 ${m[1]} 文件。`],
    [/^(year|month|day|hour|minute|second), (.+)$/, (m) => `${m[2].replace(/ start date$/, "起").replace(/ end date$/, "止")}：${{ year: "年", month: "月", day: "日", hour: "时", minute: "分", second: "秒" }[m[1]]}`],
    [/^Choose date(?: range| and time)?, (.+)$/, (m) => `选择日期，${m[1]}`],
    [/^(\d+) options? available\.$/, (m) => `${m[1]} 个选项。`],
    [/^Today, (.+) selected$/, (m) => `今天，${m[1]}，已选`],
    [/^Today, (.+)$/, (m) => `今天，${m[1]}`],
    [/^Selected (?:Date|Range): (.+)$/, (m) => `已选：${m[1]}`],
    [/^(.+), selected$/, (m) => `${m[1]}，已选`],
    [/^(.+) selected$/, (m) => `${m[1]}，已选`],
    [/^([a-z_]+) icon$/, () => "图标"],
    [/^(?:Error: )?AxiosError: Request failed with status code (\d+)$/, (m) => ({
      403: "文件没有收下，请刷新页面后再传；仍不行请告诉管理员。",
      413: "文件太大，没有收下。",
      429: "您上传的文件太多，服务器放不下；请关闭用完的页面，十分钟后再传。",
    })[m[1]] || "文件没有传上去，请重试。"],
    [/^(?:Error: )?AxiosError: .+$/, () => "文件没有传上去，请检查网络后重试。"],
    [/^Error: (.+)$/, (m) => `错误：${m[1]}`],
    [/^Remove (.+)$/, (m) => `移除 ${m[1]}`],
    [/^Add: (.+)$/, (m) => `新增：${m[1]}`],
    [/^Select (\d+) matches$/, (m) => `选中 ${m[1]} 个匹配项`],
    [/^View (\d+) more$/, (m) => `展开其余 ${m[1]} 项`],
    [/^(\d+) more$/, (m) => `其余 ${m[1]} 项`],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, (m) => `最多选 ${m[1]} 项，请先移除一项。`],
    [/^Press (Enter|Ctrl\+Enter|⌘\+Enter) to (apply|submit form)$/, (m) => `按 ${m[1] === "Enter" ? "回车" : m[1]} 确认`],
    [/^Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/, (m) => `请输入 ${m[1]} 到 ${m[2]} 之间的数字。`],
    [/^Number is below the allowed range\. Please enter a value greater than or equal to (.+)\.$/, (m) => `请输入不小于 ${m[1]} 的数字。`],
    [/^Number is above the allowed range\. Please enter a value less than or equal to (.+)\.$/, (m) => `请输入不大于 ${m[1]} 的数字。`],
    [/^Page (\d+)$/, (m) => `第 ${m[1]} 页`],
    [/^Shortcut (.+)$/, (m) => `快捷键 ${m[1]}`],
    [/^Connection failed with status (.+)$/, (m) => `连接失败（${m[1]}）`],
    [/^Response received with status (.+)$/, (m) => `服务器答复异常（${m[1]}）`],
    [/^Save \((.+)\+Enter\)$/, (m) => `保存（${m[1]}+回车）`],
    [/^(\d+(?:\.\d+)?) (second|minute|hour|day|week|month|year)s?$/, (m) => `${m[1]} ${{ second: "秒", minute: "分钟", hour: "小时", day: "天", week: "周", month: "个月", year: "年" }[m[2]]}`],
    [/^(.+) start date$/, (m) => `${m[1]}起`],
    [/^(.+) end date$/, (m) => `${m[1]}止`],
  ];

  // Sentences of the frontend with a value inside, safe anywhere as well.
  const OPEN_SENTENCES = [
    [/^: Date(?: and time)? set outside allowed range\. Please select a date(?: and time)? between (.+) and (.+)\.$/, (m) => `：请选择 ${m[1]} 到 ${m[2]} 之间的日期。`],
    [/^: Date(?: and time)? set outside allowed range\. Please select a date(?: and time)? on or (before|after) (.+)\.$/, (m) => `：请选择 ${m[2]} ${m[1] === "before" ? "或更早" : "或更晚"}的日期。`],
  ];

  // Content drawn by the app: only whole sentences of the frontend are turned there.
  const CONTENT = [
    "stMarkdownContainer", "stText", "stTable", "stJson", "stCode", "stHtml", "stVegaLiteChart",
  ].map((name) => `[data-testid="${name}"]`).join(",") + ",.stHtml,textarea,script,style";

  // The uploader's own button is drawn like content of the app.
  const isContent = (element) =>
    Boolean(element?.closest(CONTENT)) && !element.closest('[data-testid="stFileUploader"] button');

  const chinese = (text, inContent) => {
    const words = text.trim();
    if (!words || !/[A-Za-z]/.test(words)) return null;
    if (Object.hasOwn(SENTENCES, words)) return text.replace(words, SENTENCES[words]);
    for (const [pattern, say] of OPEN_SENTENCES) {
      const match = pattern.exec(words);
      if (match) return text.replace(words, say(match));
    }
    if (inContent) return null;
    if (Object.hasOwn(WORDS, words)) return text.replace(words, WORDS[words]);
    for (const [pattern, say] of PATTERNS) {
      const match = pattern.exec(words);
      if (match) return text.replace(words, say(match));
    }
    // A toolbar button names what it belongs to: "Fullscreen: 事项表".
    const [, word, rest] = /^([A-Z][A-Za-z/ -]+?): (.+)$/s.exec(words) ?? [];
    if (word && Object.hasOwn(WORDS, word)) return `${WORDS[word]}：${rest}`;
    return null;
  };

  const ATTRIBUTES = ["placeholder", "aria-label", "aria-roledescription", "title", "alt"];
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const said = chinese(node.data, isContent(node.parentElement));
      if (said !== null && said !== node.data) node.data = said;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name);
      const said = value && (Object.hasOwn(KINDS, value) ? KINDS[value] : chinese(value, false));
      if (said && said !== value) node.setAttribute(name, said);
    }
    node.childNodes.forEach(visit);
  };

  // The calendar and number formats follow the browser's language; here they are Chinese on any.
  for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(visit);
      else visit(change.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();
