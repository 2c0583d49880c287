"""Simplified Chinese: the words that templates use, by name, dates, and the order of pinyin."""

from communique.moments import Moment

WORDS = {
    # the frame of every page
    "skip": "跳至正文",
    "menu": "主菜单",
    "breadcrumbs": "当前位置",
    "press_contact": "媒体联络",
    "this_site": "本网站",
    "feeds": "订阅",
    # kinds, as headings
    "announcements": "公告",
    "partners": "合作方",
    "people": "人物",
    "topics": "主题",
    "quotes": "引语",
    # lists
    "latest": "最新公告",
    "years": "年份",
    "pages": "本列表各页",
    "no_announcements": "暂无公告。",
    # an announcement
    "updated": "更新于",
    "dateline_comma": "，",
    "dateline_dash": " —— ",
    "ends": "（完）",
    "facts": "关键数据",
    "as_of": "截至",
    "pictures": "图片",
    "events": "大事记",
    "notes": "编者按",
    "about": "关于合作方",
    "contacts": "媒体联系人",
    "source": "来源",
    "related": "相关公告",
    "display_only": "仅供本站展示，不得转载",
    "correction": "更正",
    "withdrawn": "已撤回",
    "withdrawn_title": "已撤回：{title}",
    "moved": "本公告已迁移",
    "withdrawn_means": "本公告不再有效，保留于此仅作记录。",
    "printed_from": "本公告网址：",
    "files": "供媒体使用",
    "kit": "新闻资料包：文字、引语和图片（ZIP）",
    "as_markdown": "本公告的 Markdown 版本",
    "as_ninjs": "本公告的 JSON 新闻版本（ninjs）",
    "kit_of": "新闻资料包：{title}",
    "kit_markdown": "公告全文（Markdown）",
    "kit_plain": "公告全文（纯文本）",
    "kit_quotes": "引语及发言人",
    "kit_without": "以下图片不得转发，未收入本资料包，请见公告页面：",
    # profiles
    "also_known_as": "又称",
    "part_of": "隶属于",
    "parts": "下属机构与场所",
    "website": "网站",
    "together": "共同发布公告的合作方",
    "boilerplate": "机构简介",
    "roles": "职务",
    "follow": "订阅",
    # a wrong address
    "nothing_here": "此网址没有内容。页面可能已迁移，或网址输入有误。",
    "to_home": "返回首页",
    # composed by the engine
    "home": "首页",
    "timeline": "时间线",
    "map": "合作关系图",
    "search": "搜索",
    "not_found": "未找到页面",
    "page_of": "第 {number} 页，共 {count} 页",
    "newer": "较新的公告",
    "older": "较早的公告",
    "all_years": "全部年份",
    "announcements_of_year": "{year}年公告",
    "feed_atom": "全部公告（Atom）",
    "feed_rss": "全部公告（RSS）",
    "feed_json": "全部公告（JSON Feed）",
    "feed_of": "公告：{name}",
    "place": "{country}{city}",
    "languages": "语言",
    "untranslated": "本页尚无中文译文，以下为 {language} 原文。",
    # the search
    "search_covers": "搜索本站的公告、合作方、人物、主题和页面。",
    "search_for": "输入搜索词",
    "search_off": "搜索功能需要 JavaScript，此浏览器未启用。可通过下方列表浏览全部页面。",
    "search_failed": "搜索功能未能加载。可通过下方列表浏览全部页面。",
    "result_one": "{count} 条结果",
    "result_other": "{count} 条结果",
    "no_results": "未找到结果。可减少搜索词，或只输入词的开头部分。",
    "more_results": "更多结果",
    "all_lists": "全部列表",
    "one_page": "页面",
    "one_topic": "主题",
    "one_person": "人物",
    "one_partner": "合作方",
    # the timeline and the map
    "list_of_timeline": "大事与公告，最新的在前；每个日期只精确到已知的程度。",
    "timeline_of_year": "{year}年时间线",
    "in_the_course_of": "{date}内（具体日期不详）",
    "earlier_years": "更早的年份",
    "list_of_map": "谁与谁共同发布公告，各有多少次。",
    "map_legend": "圆圈代表合作方：参与的公告越多，圆圈越大；空心圆圈表示未参与公告。"
    "连线表示双方共同发布公告：次数越多，线条越粗。外框内为一个机构及其下属机构。",
    "map_sign": "{name}：{count}",
    "map_selected": "图中为公告最多的 {count} 个合作方，表格列出全部合作方。",
    "map_to_table": "查看表格",
    "map_table": "表格形式",
    "map_more": "另有 {count} 个",
    "partner": "合作方",
    "no_partners": "暂无合作方。",
    "since": "{start}起",
    "until": "至{end}",
    "period": "{start}至{end}",
    "announcement_one": "{count} 则公告",
    "announcement_other": "{count} 则公告",
    "list_of_announcements": "合作各方的全部公告，最新的在前。",
    "list_of_partners": "参与合作的机构、办公室、园区与中心。",
    "list_of_people": "公告中提及或引用其讲话的人物。",
    "list_of_topics": "公告所涉及的主题。",
    "profile_of": "{name}：简介与公告。",
}


def date(moment: Moment) -> str:
    """A date in words, as precise as it is known."""
    day = f"{moment.day}日" if moment.day else ""
    return f"{moment.year}年" + (f"{moment.month}月{day}" if moment.month else "")


def pinyin(text: str) -> str:
    """The text in pinyin with the tones as numbers, as dictionaries order it."""
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(text, style=Style.TONE3)).casefold()
