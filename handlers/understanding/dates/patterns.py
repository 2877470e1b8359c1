"""The patterns of the pieces. Latin ones are bounded by ASCII letters and digits alone, so that 周四3pm做demo is read.

A flat table: the first pattern that fits at a place wins, so the longer readings stand before the shorter ones.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.beginnings import beginnings_of
from handlers.understanding.dates import read_zone
from handlers.understanding.dates.numbers import CLOCK_WORD, HANZI, ORDINAL_WORD, WORD
from handlers.understanding.prefix_tree import PrefixTree

WEEKDAY_WORDS = (
    "mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|weds?|thurs?|thur|thu|fri|sat|sun"
)
WEEKDAY = rf"(?:{WEEKDAY_WORDS})(?![a-z0-9])\.?"
MONTH_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTH = rf"(?:(?:{MONTH_LONG}|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?![a-z]))"
N = rf"(?:(?:\d{{1,4}}(?:\.\d+)?|1/[24]|3/4)(?![/\d])|(?:{WORD})(?![a-z]))"
UNIT = (
    r"(?:(?:business|working|work|week)\s*days?|minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d|weeks?|wks?|wk|w|fortnights?|months?|mths?|mth|mos?|"
    r"quarters?|years?|yrs?|yr|y)(?![a-z0-9])"
)
DURATION = (
    rf"(?:half\s+an?\s+hour|(?:(?:a|three)\s+)?quarters?\s+of\s+an\s+hour|an?\s+hour\s+and\s+a\s+half|\d{{1,2}}\s?h(?:rs?)?\s?[0-5]\d(?:\s?m(?:ins?)?)?(?![a-z0-9])|"
    rf"{N}(?:\s*(?:-|to|or)\s*{N})?\s*(?:-\s*)?(?:more\s+)?(?:and\s+(?:an?\s+)?half\s+)?{UNIT}(?:\s*(?:,|and)?\s*{N}\s*{UNIT}){{0,3}})"
)
DAY_NUMBER = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\da-z])|(?:{ORDINAL_WORD})(?![a-z]))"
TOMORROW = r"(?:tomorrow|tommorow|tommorrow|tomorow|tomm?orow|tomrw|tmrow|tmoro|tmrw|tmr|tmw|2moro|2morrow|2mrw|2mro|tomoz|tomos|tomo|tom(?=\s+(?:morning|am|pm|afternoon|\d)))"
PART = r"(?:after\s+lunch|early\s+morning|late\s+morning|mid-?\s?morning|morning|forenoon|early\s+afternoon|late\s+afternoon|mid-?\s?afternoon|afternoon|arvo|early[\s-]evening|late\s+evening|evening|early\s+night|night|lunch(?:\s?time)?)"
MERIDIEM = r"(?:a\s?\.?\s?m|p\s?\.?\s?m)(?![a-z0-9])\.?"
# What may follow a bare number that is an hour: the end, a joint, a zone, a day, Chinese; not a thing that is counted.
_HOUR_ENDS = (
    rf"(?=\s*(?:$|[,.;:!?)\]'\"\-]|[^\x00-\x7f]|(?:and|on|in|with|w/|for|to|about|re|this|the|sharp|at|or\s+so|local|ish|today|{TOMORROW}|next|of|his|her|their|my|"
    rf"our|uk|{read_zone.WORDS}|please|pls|instead|or|if|when|after|before|who|she|he|they|then|but|{WEEKDAY_WORDS})(?![a-z])))"
)
_AT = r"(?:(?<=at )|(?<=@ )|(?<=@)|(?<=around )|(?<=by )|(?<=before )|(?<=till )|(?<=until )|(?<=after )|(?<=than )|(?<=about ))"

ENGLISH: tuple[tuple[str, str], ...] = (
    ("iso", rf"(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{{1,2}}|{MONTH})(?P=sep)(?P<d>\d{{1,2}})(?!\d)"),
    ("iso", r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)"),
    ("every_nth", rf"(?:every|each)\s+(?P<nth>{ORDINAL_WORD}|[1-4](?:st|nd|rd|th)|last)\s+(?P<wd>{WEEKDAY_WORDS})\s+(?:of|in)\s+(?:the|each|every|a)\s+month(?![a-z])"),
    ("every_nth", rf"(?:the\s+)?(?P<nth>{ORDINAL_WORD}|[1-4](?:st|nd|rd|th)|last)\s+(?P<wd>{WEEKDAY_WORDS})\s+(?:of\s+|in\s+)?(?:each|every)\s+month(?![a-z])"),
    ("every_dom", rf"(?:every|each)\s+month\s+on\s+(?:the\s+)?(?P<d>{DAY_NUMBER})"),
    ("every_dom", rf"monthly\s+on\s+(?:the\s+)?(?P<d>{DAY_NUMBER})"),
    ("every_dom", rf"(?:every|each)\s+(?P<d>{DAY_NUMBER})\s+of\s+(?:the|each|every)\s+month(?![a-z])"),
    ("every_dom", rf"the\s+(?P<d>{DAY_NUMBER})\s+(?:day\s+)?of\s+(?:each|every)\s+month(?![a-z])"),
    ("every", rf"(?:every|each)\s+(?P<every>(?:(?P<interval>other|second|2nd|{N})\s+)?(?:{WEEKDAY}|days?|weekdays?|(?:work(?:ing)?|business)\s*days?|weeks?|months?|quarters?|years?|morning))"),
    ("every", r"on\s+(?P<every>weekdays)(?![a-z])"),
    ("every", r"(?P<every>(?:on\s+)?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)|(?:bi-?weekly|fortnightly|weekly|monthly|quarterly)(?=\s+(?:follow|reminder|on\b|$)))(?![a-z])(?!\s+(?:from|later|ago|hence))"),
    ("ago", rf"{DURATION}\s+(?:ago|earlier|back(?!\s+(?:at|on|in)))(?![a-z])"),
    ("nothing", rf"(?:(?:over|during|for|in)\s+)?(?:the\s+)?(?:next|last|past|coming|previous)\s+(?:{N}|few|couple\s+of|several)\s+(?:weeks?|months?|years?|quarters?|hours?)(?![a-z])"),
    ("nothing", r"24/7|50/50|9-5|9\s?to\s?5"),
    ("same_time", rf"(?:at\s+)?(?:about\s+|around\s+)?this\s+time\s+(?P<when>(?:next|in\s+a)\s+(?:week|month|year)|a\s+(?:week|month|year)\s+from\s+now|(?=(?:on\s+)?(?:next\s+|the\s+day\s+after\s+)?(?:{TOMORROW}|{WEEKDAY_WORDS})))"),
    ("later", rf"(?P<n>{DURATION})\s+(?:later|hence|from\s+(?:now|today)|out(?=\s*(?:$|[.,;])))(?![a-z])"),
    ("later", rf"\+\s*(?P<n>{DURATION})"),
    ("few_days", r"(?:(?:in|over|within)\s+)?(?:the\s+)?(?:next|coming)\s+(?:few\s+|couple\s+of\s+)?days(?![a-z])"),
    ("within", rf"(?:within|inside(?:\s+of)?|no\s+later\s+than|in\s+(?:under|less\s+than))\s+(?:the\s+next\s+)?(?:around\s+|about\s+|~\s?)?(?P<n>{DURATION})"),
    ("in", rf"in\s+(?:around\s+|about\s+|approx\.?\s+|roughly\s+|another\s+|exactly\s+|maybe\s+|like\s+|~\s?)?(?P<n>{DURATION})(?:['’]?s?['’]?\s+time)?(?![a-z])(?!\s+later)"),
    ("in", rf"(?:after|give\s+(?:him|her|them|it))\s+(?P<n>(?:{N})\s+(?:minutes?|mins?|hours?|hrs?|(?:business\s+|working\s+)?days?|weeks?|months?))(?![a-z])"),
    ("weekdays_on", rf"(?P<n>{N})\s+(?P<wd>{WEEKDAY})\s+(?:from\s+now|later|hence)(?![a-z])"),
    ("weekdays_on", rf"in\s+(?P<n>{N})\s+(?P<wd>mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)(?![a-z])"),
    ("shift", rf"(?P<n>{DURATION})\s+(?:(?:from|after|on|following)\s+)?(?=(?:today|{TOMORROW}|{WEEKDAY}|next|this|the\s+\d|\d|{MONTH}))"),
    ("shift_back", rf"(?P<n>{N}\s+(?:working\s+|business\s+)?(?:days?|weeks?|fortnights?|months?))\s+(?:before|ahead\s+of|prior\s+to)\s+(?:the\s+)?(?=x-?mas|christmas|new\s+year|easter|thanksgiving|cny|chinese|\d|{MONTH})"),
    ("ahead", rf"(?P<n>(?:{N})\s+(?:working\s+|business\s+)?(?:days?|weeks?|months?))\s+(?:before(?:hand)?|earlier|ahead|in\s+advance|prior)(?:\s+(?:that|then|it))?(?=\s*(?:$|[,.;!]))"),
    ("after_named", r"the\s+(?P<unit>day|week|month)\s+after(?=\s*(?:$|[,.;!)]|(?:that|it|this|and|to|with|about|for)(?![a-z])))(?:\s+(?:that|it|this)(?![a-z]))?"),
    ("week_of", r"(?:the\s+)?(?:week\s+(?:of|starting|beginning|commencing)(?:\s+(?:on|from))?|w/c|wc|wk\s+of)(?=\s)(?:\s+the(?=\s))?"),
    ("nth", rf"(?:the\s+)?(?P<nth>{ORDINAL_WORD}|[1-5](?:st|nd|rd|th)|last)\s+(?P<wd>{WEEKDAY_WORDS}|week|(?:working|business)\s+day|day)(?:\s+(?P<part>morning|afternoon|evening|night))?\s+(?:of|in)\s+(?:the\s+)?(?:(?:(?P<rel>next|this|following|coming|new)\s+)?(?P<unit>month|year|quarter)(?![a-z])|(?P<month>{MONTH})(?:,?\s+(?P<y>20\d\d))?)"),
    ("dom_of", rf"(?:the\s+)?(?P<d>{DAY_NUMBER})(?:\s+day)?\s+of\s+the\s+month(?![a-z])"),
    ("dom_of", rf"(?:the\s+)?(?P<d>{DAY_NUMBER})(?:\s+day)?\s+(?:of\s+)?(?:the\s+)?(?P<rel>next|this|following|coming)\s+month(?![a-z])"),
    ("day_end", r"(?:(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:day|play|business|work(?:day)?)|eod|cob|cop|eob|(?:the\s+)?end\s+of\s+today)(?![a-z0-9])"),
    ("edge", rf"(?:the\s+)?(?:very\s+)?(?P<edge>end|beginning|start|middle|mid|early|late|later|first\s+half|second\s+half|last\s+week|first\s+week|back\s+end)[\s-]+(?:part\s+)?(?:of\s+|in\s+)?(?:around\s+)?(?:the\s+)?(?:(?P<rel>this|current|next|following|coming)\s+)?(?P<unit>week|month|quarter|year|h[12]|q[1-4]|{MONTH})(?![a-z0-9])(?:,?\s+(?P<y>20\d\d)(?!\d))?"),
    ("edge_short", r"(?P<edge>eow|eom|eoq|eoy|month[\s-]end|quarter[\s-]end|year[\s-]end|midweek|mid-week)(?![a-z0-9])(?:\s+(?P<rel>this|next|the\s+following)\s+week(?![a-z]))?"),
    ("later_week", r"later\s+(?:in\s+the|this)\s+week(?![a-z])"),
    ("month_day", rf"(?P<rel>this\s+|next\s+)?(?P<month>{MONTH_LONG}|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec))\.?[\s/-]*(?:the\s+)?(?P<d>{DAY_NUMBER})(?!:\d)(?:(?:\s*,\s*|\s+|-)(?:in\s+)?(?P<y>20\d\d|'\d\d)(?!\d))?"),
    ("day_month", rf"(?:the\s+)?(?P<d>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?|{ORDINAL_WORD})(?:\s+day)?(?:\s+of\s+|[\s-]*)(?P<month>{MONTH})\.?(?:[\s,-]*(?:in\s+)?(?P<y>20\d\d|'\d\d|\d\d(?=\s*(?:$|[,.;])))(?!\d))?"),
    ("month_year", rf"(?P<month>{MONTH})\.?(?:\s*,\s*|\s+|-)(?P<y>20\d\d)(?!\d)"),
    ("period", r"(?:the\s+)?(?P<rel>this|next|following|coming|upcoming|current|last|past|previous)\s+(?P<unit>weeks?|wk|month|quarter|qtr|year|weekend|fortnight)(?![a-z])"),
    ("period", r"the\s+(?P<unit>week|month|weekend)\s+(?P<rel>after\s+next|after)(?![a-z])(?!\s+(?:the|\d|that|x-?mas|christmas|new\s+year|easter|thanksgiving|cny|chinese|lunar|golden|diwali|labou?r))"),
    ("period", r"(?P<unit>week|month)\s+(?P<rel>after\s+next)(?![a-z])"),
    ("period", r"(?:the\s+|at\s+the\s+|over\s+the\s+)?(?P<unit>weekend)(?P<rel>)(?![a-z])"),
    ("day_word", rf"(?P<word>(?:the\s+)?day\s+after\s+{TOMORROW}|the\s+day\s+before\s+yesterday|{TOMORROW}|today|tonight|tonite|2nite|yesterday|yest|ystdy|yday|(?:the\s+)?(?:next|following)\s+day|overmorrow|last\s+(?:night|nite|evening)|(?:this|next)\s+(?:late\s+|early\s+)?(?:morning|afternoon|arvo|evening|night))(?![a-z])"),
    ("weekday", rf"(?:(?P<rel>this\s+coming|the\s+coming|this|next|coming|upcoming|following|last|past|previous|earlier)\s+)?(?P<wd>{WEEKDAY_WORDS})(?![a-z0-9])\.?(?:\s+(?P<week>week(?!\s+\d)|wk|after\s+next))?(?!\s+down)"),
    ("feast_season", r"(?:in\s+)?the\s+new\s+year(?![a-z'])|(?:after\s+)?the\s+(?:holidays|holiday\s+season|festive\s+(?:period|season|break)|break|xmas\s+break|christmas\s+(?:break|holidays?))(?![a-z])"),
    ("feast", r"(?P<name>new\s+year['’]?s?\s+eve|nye|new\s+year['’]?s?(?:\s+day)?|x-?mas\s+eve|x-?mas(?:\s+day)?|christmas\s+eve|christmas(?:\s+day)?|boxing\s+day|thanksgiving|black\s+friday|cyber\s+monday|easter(?:\s+monday)?|good\s+friday|labou?r\s+day|memorial\s+day|presidents['’]?\s+day|mlk\s+day|independence\s+day|(?:the\s+)?(?:4th|fourth)\s+of\s+july|juneteenth|columbus\s+day|veterans\s+day|valentine['’]?s?(?:\s+day)?|halloween|st\.?\s+patrick['’]?s?\s+day|mother['’]?s\s+day|father['’]?s\s+day|cny|(?:chinese|lunar)\s+new\s+year|spring\s+festival|golden\s+week|mid-?autumn(?:\s+festival)?|dragon\s+boat(?:\s+festival)?|qingming|deepavali|diwali|hari\s+raya|(?:the\s+)?(?:spring|summer|may|august)\s+bank\s+holiday|canada\s+day|national\s+day)(?![a-z0-9])(?:,?\s+(?P<y>20\d\d)(?!\d))?"),
    ("season", r"(?:in\s+(?:the\s+)?|(?P<rel>this|next|coming|early|late)\s+(?:in\s+)?(?:the\s+)?)(?P<season>spring|summer|autumn|fall|winter)(?![a-z])(?!\s+(?:festival|bank|sale|range|collection|house|hill))"),
    ("quarter", r"(?P<word>q[1-4]|[1-4]q|h[12])(?![a-z0-9])(?:\s+(?:of\s+)?(?P<y>20\d\d)(?!\d)|\s*(?:of\s+)?(?P<next>next\s+year))?"),
    ("number_date", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>(?:19|20)\d\d|\d\d))?(?![\d/]|\s*(?:h|hours?|of|的|seats|users)(?![a-z])|\s?h(?!alf))"),
    ("number_date", r"(?P<a>\d{1,2})(?P<sep>[.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"),
    ("number_date_dotted", r"(?P<a>\d{1,2})[.·-](?P<b>\d{1,2})(?![\d%k/]|\.\d|\s*(?:k|m|%|million|w|万|am|pm|p\.m|a\.m)(?![a-z]))(?:\.(?=\s+(?:at|um|@)))?"),
    ("clock_range", rf"(?P<h>\d{{1,2}})(?:[:.h](?P<min>[0-5]\d))?\s*(?P<ap>{MERIDIEM}|[ap](?![a-z0-9]))?\s*(?:-|~|to|until|untill|till|and)\s*(?P<h2>\d{{1,2}})(?:[:.h](?P<min2>[0-5]\d))?\s*(?P<ap2>{MERIDIEM}|[ap](?![a-z0-9]))(?!\d)"),
    ("clock_range", rf"(?P<h>\d{{1,2}})(?:[:.h](?P<min>[0-5]\d))?\s*(?P<ap>{MERIDIEM}|[ap](?![a-z0-9]))\s*(?:-|~|to|until|untill|till|and)\s*(?P<h2>\d{{1,2}})(?P<ap2>)(?::(?P<min2>[0-5]\d))?(?![\d%a-z])"),
    ("clock_range", r"(?P<h>\d{1,2})[:h](?P<min>[0-5]\d)(?P<ap>)\s*(?:-|~|to|until|untill|till|and)\s*(?P<h2>\d{1,2})[:h](?P<min2>[0-5]\d)(?P<ap2>)(?!\d)"),
    ("clock_range", rf"(?:(?<=from )|(?<=between ))(?P<h>\d{{1,2}})(?P<min>)(?P<ap>)\s*(?:-|to|until|till|and)\s*(?P<h2>\d{{1,2}})(?::(?P<min2>[0-5]\d))?(?P<ap2>){_HOUR_ENDS}"),
    ("clock", rf"(?P<h>\d{{1,2}})(?:[:.h](?P<min>[0-5]\d))?(?:ish)?\s*(?P<ap>{MERIDIEM}|[ap](?![a-z0-9]))"),
    ("clock", rf"(?P<h>\d{{1,2}})(?P<min>[0-5]\d)\s?(?P<ap>{MERIDIEM})"),
    ("clock", rf"(?P<h>{CLOCK_WORD})(?:\s+(?P<min>thirty|fifteen|forty[\s-]five))?\s*(?P<ap>{MERIDIEM})"),
    ("clock", r"(?P<h>[01]?\d|2[0-4])(?P<sep>[:h])(?P<min>[0-5]\d)(?::[0-5]\d)?(?P<ap>)(?![\d/%])"),
    ("clock", r"(?P<h>[01]?\d|2[0-4])h(?P<min>)(?P<ap>)(?![a-z0-9])"),
    ("clock", r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<ap>)\s?(?:hrs|hours|h)(?![a-z])"),
    ("past_hour", rf"(?P<min>half|quarter|(?:five|ten|twenty|twenty[\s-]five)|[0-5]?\d)\s*(?:mins?\s+|minutes?\s+)?(?P<way>past|after|to|before|till)\s+(?P<h>{CLOCK_WORD}|\d{{1,2}})(?!\d)\s*(?P<ap>{MERIDIEM})?(?![a-z/%]|\s+(?:users|seats|people|days|weeks))"),
    ("half_hour", rf"half\s+(?P<h>{CLOCK_WORD}|1[0-2]|[1-9])(?P<ap>)(?![a-z\d])(?!\s+(?:the|of|million|k|day|days|year|price|dozen|hour|hours|users))"),
    ("clock", rf"(?P<h>{CLOCK_WORD}|1[0-2]|[1-9])\s*(?:o['’]?\s?clock|ish(?![a-z]))(?P<min>)(?P<ap>)"),
    ("hour_word", r"(?P<word>noon|midday|mid-day|midnight)(?![a-z])"),
    ("day_at", rf"(?P<h>2[0-4]|1?\d)(?=,?\s+(?:{TOMORROW}|(?:this|tomorrow)\s+(?:morning|afternoon|evening)))"),
    ("times", r"(?P<h>[01]?\d|2[0-4])th\s+times?(?![a-z])"),
    ("at_hour", rf"{_AT}(?P<h>{CLOCK_WORD}|2[0-3]|1?\d|0\d)(?:\s(?P<min>[0-5]\d|thirty|fifteen|forty[\s-]five))?(?![\da-z%$€£/:.](?:\d)?){_HOUR_ENDS}"),
    ("at_hour", rf"{_AT}(?P<h>[1-9]|0\d|1[0-8]|2[1-3]|(?:19|20)(?=\d\d\s+(?:today|on|{TOMORROW})(?![a-z])))(?P<min>[0-5]\d)(?![\da-z%/:]){_HOUR_ENDS}"),
    ("dom", rf"(?P<the>the\s+)?(?P<d>{DAY_NUMBER})"),
    ("zone", read_zone.LATIN),
    ("part", rf"(?P<word>{PART})(?![a-z])"),
    ("part", r"(?P<word>first\s+thing(?:\s+in\s+the\s+morning)?|(?:the\s+)?early\s+hours|am|pm|a\.m\.|p\.m\.)(?![a-z])"),
    ("month", rf"(?:(?P<rel>next|this|last)\s+)?(?P<month>{MONTH})\.?(?![a-z0-9])"),
    ("number", rf"(?P<h>{CLOCK_WORD})(?:\s+(?P<min>thirty|fifteen|forty[\s-]five))?(?![a-z-]){_HOUR_ENDS}"),
    ("number", rf"(?P<h>\d{{1,2}})(?:\.(?P<min>[0-5]\d))?(?![\da-z%$€£/:]|[.,]\d|\s?-\s?\d){_HOUR_ENDS}"),
)  # fmt: skip

ZN = rf"(?:\d{{1,4}}(?:\.\d+)?|[{HANZI}]{{1,4}})"
ZD = r"(?:[0-3]?\d|廿[一二三四五六七八九]?|卅一?|三十一|三十|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]|[123][一二三四五六七八九])"
ZM = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
ZYEAR = r"(?:(?P<y>(?:19|20)?\d\d|[〇零一二三四五六七八九]{4}|今|明|后|去|来)年的?)"
# 月 needs its 个 here: 12月5日 is a date, no stretch of time.
ZUNIT = r"(?:个月|个?(?:工作日|交易日|分钟|分|小时|钟头|钟|刻钟|天|日|星期|礼拜|周|季度|年|宿))"
ZDURATION = rf"(?:[俩仨](?:月|周|星期|礼拜|小时|钟头)|半个?(?:小时|钟头|月|年|天)|大?半天|{ZN}个?半(?:小时|钟头|月|年|天|钟)|{ZN}{ZUNIT}半?(?:{ZN}{ZUNIT})?)"
ZWEEK = r"(?:周|星期|礼拜|禮拜)"
ZPART = r"(?:大清早|大早上?|一大早|一早|清晨|清早|早晨|早上|早间|凌晨|上午|中午|正午|午间|(?:吃完|吃过)?午饭(?:之|以)?后|吃完午饭|午休(?:之|以)?后|午饭时?|午后|下午|傍晚|傍黑|晚上|晚间|夜里|夜晚|深夜|半夜|午夜|(?:吃完|吃过)?晚饭(?:之|以)?后|晚饭时?)"
ZHOUR = r"(?:2[0-4]|[01]?\d|二十[一二三四]?|十[一二三四五六七八九]?|[〇零一二两三四五六七八九])"
ZMINUTE = r"(?:[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|[零〇]?[一二三四五六七八九])"
_ZFEASTS = (
    r"元旦|大?年三十|除夕|春节|过大?年|大年初[一二三四五六七八]|农历新年|新年|元宵节?|情人节|妇女节|三八节|清明节?|五一|劳动节|五四|母亲节|父亲节|六一|儿童节|端午节?|六一八|教师节|"
    r"中秋节?|国庆节?|十一(?=长?假|黄金周|节|前|后|以|之|回来|期间)|黄金周|双十一|双11|双十二|双12|感恩节|圣诞节?|平安夜|万圣节|复活节"
)

CHINESE: tuple[tuple[str, str], ...] = (
    ("z_zone", read_zone.HAN),
    ("z_lunar", r"(?P<day>(?:农历|阴历|旧历)的?闰?(?:正|腊|冬|[一二三四五六七八九十]{1,2}|\d{1,2})月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|卅|[二三]?十[一二三四五六七八九]?|\d{1,2})[日号]?)"),
    ("z_lunar", r"(?P<day>(?:正|腊)月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?))"),
    ("z_every_nth", rf"每(?:个)?月的?(?P<nth>第[一二三四]|最后一)个?{ZWEEK}(?P<wd>[一二三四五六日天])"),
    ("z_every", rf"每(?P<interval>[两二三四\d隔])?(?:个)?(?P<unit>周|星期|礼拜|月|天|日|年|季度?|工作日)(?P<at>[一二三四五六日天](?![天个])|的?{ZD}[号日]|[末底初])?"),
    ("z_same_time", r"(?P<when>明天|后天|下周|下个?星期|下个?礼拜|下个?月|明年)的?(?:这个?|此)(?:时候|时间|时刻|点儿?|时)(?![一二三四五六七八九十\d])"),
    ("z_ago", rf"(?:{ZDURATION}(?<!日)|几天|两三天|前两天|前几天|前阵子|前段时间|上回|上次)(?:之|以)?前(?!后)(?![给把发])|前两天|前几天|前些天|前阵子?|大?前天|大?前日"),
    ("z_vague", r"(?:再)?(?:过|隔|等|缓)(?P<word>(?:个)?一?两三?天|几天|些天|(?:个)?三[四五]天|(?:个)?一?两周|两三周|几周)(?:(?:之|以)?后)?"),
    ("z_vague", r"(?P<word>(?<![过])(?:两三天|几天|三[四五]天|两三周))(?:之|以)?后"),
    ("z_in", rf"(?:再)?(?:过|等|隔)(?:个)?(?P<n>{ZDURATION})(?:钟)?(?:(?:之|以|过)?后)?(?!来)"),
    ("z_in", rf"(?P<n>{ZDURATION})(?:钟)?(?:(?:之|以|过)?后)(?!来)"),
    ("z_within", rf"(?P<n>{ZDURATION})(?:钟)?(?:之|以)?内"),
    ("z_nth", rf"(?:{ZYEAR})?(?:(?P<month>{ZM})月份?|(?P<rel>下下|下|本|这|当)个?月)的?(?P<nth>第[一二三四五]|头一?|首|最后一?)个?(?:{ZWEEK}(?P<wd>[一二三四五六日天])|(?P<unit>周|星期|礼拜|工作日)(?![末一二三四五六日天]))"),
    ("z_period_end", r"(?:本|这个?|当)?(?<![\d一二两三四五六七八九十几数多半个])(?P<unit>月|季度|年)(?:之|以)?内(?![部容存侧地蒙科衣饰销外网控审测购饰])"),
    ("z_ahead", rf"提前(?P<n>{ZDURATION})"),
    ("z_later_week", rf"(?:这个?|本){ZWEEK}(?:里|内)?的?(?:晚些|晚点|稍晚|晚一点|后面)(?:的?时候|些时候|时间)?"),
    ("z_later", r"下个?(?P<unit>周|星期|礼拜|月)的?(?:今天|今日)"),
    ("z_season", r"(?P<y>今|明|来)年(?:的|初)?(?:春天|春季|开春|夏天|夏季|秋天|秋季|冬天|冬季|入夏|入秋|入冬)(?!款|装|招)|(?:开春|入夏|入秋|入冬)(?:之?后|以后)?"),
    ("z_quarter_latin", r"(?:(?P<y>今|明|后|20\d\d)年)?q(?P<n>[1-4])(?P<edge>底|末|初|结束)"),
    ("z_year_opens", r"开年(?:之?后|以后)?(?![会货])"),
    ("z_edge", rf"(?:{ZYEAR})?(?P<month>{ZM})月份?(?P<edge>[上中下]旬|月?[底末初中]|份?左右)(?!国)"),
    ("z_edge", r"(?P<rel>上上|上|这|本|当|下下|下)?个?月(?P<edge>[底末初]|中旬?|[上下]旬)(?!国)"),
    ("z_edge", r"(?P<edge>[上中下]旬)"),
    ("z_year_edge", r"(?P<y>今|明|后|去|来)?年(?P<edge>底|末|初|中|终)(?!奖)"),
    ("z_quarter", r"(?:(?P<y>今|明|后|20\d\d)年)?(?P<rel>上|这|本|当|下|第)?(?:一个|个)?(?P<n>[一二三四1-4])?季度(?P<edge>底|末|初|结束)?"),
    ("z_date", rf"(?:{ZYEAR})?(?P<month>{ZM})月份?的?(?P<d>{ZD})[日号]?(?![天个周年万千百楼%.\d])"),
    ("z_date", r"(?P<month>1[0-2]|0?[1-9])[/.·-](?P<d>[0-3]?\d)[日号]"),
    ("z_dom_of", rf"(?P<rel>下下|下|本|这|当)个?月的?(?P<d>{ZD})[日号]?(?![天个周年楼\d])"),
    ("z_month", rf"(?:{ZYEAR})?(?P<month>{ZM})月份?(?![底末初中嫂])"),
    ("z_month_rel", r"(?P<rel>上上|上|这|本|下下|下)(?:一)?个?月(?!亮|饼|光)"),
    ("z_weekday", rf"(?P<rel>上上|上|这|本|今|下下下|下下|下)?(?:一)?个?(?:(?:周|星期|礼拜)的?)?{ZWEEK}(?P<wd>[一二三四五六日天]|[1-7](?!\d|[月天号]))(?![^\W\d_]{{0}}年)(?P<alt>[、或/]?(?:周|星期)?[二三四五](?![十百千万个套台家天年月点]))?"),
    ("z_weekend", r"(?P<over>(?:等)?过(?:了|完))?(?P<rel>上上|上|这个?|本|下下个?|下个?)?(?:周|礼拜)末"),
    ("z_week", rf"(?P<rel>上上|上|这|本|下下|下)(?:一)?个?{ZWEEK}(?P<edge>[末初中底内]|前半|后半)?"),
    ("z_day_word", r"(?P<word>明后天|今明两天|这一?两天|大大?后天|大后儿|大后日|后天|后日|后儿|明天|明日|明儿个?|翌日|次日|第二天|第三天|今天|今日|今儿个?|当天|昨天|昨日|昨儿|明早|明晚|明晨|今早|今晨|今晚|今夜|当晚|昨晚|昨夜|后晚|大?前天|刚才)"),
    ("z_feast_near", rf"(?P<y>今年|明年)?(?P<name>{_ZFEASTS})的?(?P<way>[前后])(?P<n>[一两二三四五])天"),
    ("z_feast_rel", rf"(?P<name>{_ZFEASTS}|节|(?<![今明后去来半\d一二三四五六七八九十两多几每周往成全当近同某元新过本整])年(?=后|以后|之后)|放?假|长假|小长假)(?:假期?|小?长假|期间|假)?(?:放完|过完|完|结束|回来|上班)?(?P<way>(?:之|以)?后(?!来|台|续|期)|(?:之|以)?前(?!台|期|面)|回来|期间)"),
    (
        "z_feast_done",
        r"(?:等)?过(?:完|了)(?P<name>年|节|春节|元旦|国庆节?|五一|中秋节?|端午节?|清明节?|假)(?:之?后|以后)?",
    ),
    ("z_feast", rf"(?P<y>今年|明年)?(?P<name>{_ZFEASTS})(?:节|假期|长假)?(?!小?学|路|广场|村|村)"),
    ("z_dom", rf"(?<![第\d.a-z])(?P<d>{ZD})[号日](?![楼线店机院码馆仓门厅桌柜文元报历常用车位库房期])"),
    ("z_short_of", rf"差(?:不到)?(?P<min>一刻|(?:5|10|15|20|25|五|十|十五|二十|二十五)分)钟?(?:就|到)?(?P<h>{ZHOUR})点(?:钟|整)?"),
    ("z_short_of", rf"(?P<h>{ZHOUR})点(?:钟)?还?差(?P<min>一刻|(?:5|10|15|20|25|五|十|十五|二十|二十五)分)钟?"),
    ("z_clock", rf"(?P<h>{ZHOUR})(?:[二三四五六七八九](?=点))?(?:(?:点|时(?![间候段代期机刻常不而效令长差髦装]))(?:钟)?(?!建议|意见|要求|原因|问题|注意|说明|好处|优势|共识|疑问|需求|内容)(?:整|正)?(?:(?P<half>半)|过?(?P<quarter>[一三123])刻|过(?P<past>{ZMINUTE})分|(?P<min>{ZMINUTE})分?(?![个台套万元千百%点号]))?|:(?P<min2>[0-5]\d)(?!\s*[apAP\d]))(?:[至到~-]{{1,2}}(?P<h2>{ZHOUR})(?:[点时]半?|:[0-5]\d)|-(?:{ZPART})?{ZHOUR}[点时:])?(?![个点]|[一二三四五六七八九\d]*个?百分|价|评)"),
    ("z_hour_range", rf"(?<=[上下晚]午|早上|晚上|今晚|明晚)(?P<h>{ZHOUR})[-~到至](?P<h2>{ZHOUR})(?=[点时])"),
    ("z_day_end", r"下班(?:之|以)?前|下班时?|收工前"),
    ("z_part", rf"(?P<word>{ZPART}|(?<=[号日天一二三四五六])[早晚](?=前|[^上饭间餐点安会]|$))"),
)  # fmt: skip


_DIGITS = frozenset(string.digits)
_WORD = frozenset(string.ascii_letters + string.digits)


@dataclass(frozen=True)
class Row:
    """One pattern of the tables with the name of its reader. ``cannot_follow``: characters it never stands behind."""

    reader: str
    pattern: re.Pattern[str]
    cannot_follow: frozenset[str]


class Table:
    """The rows of the languages that a text is in. The Chinese ones stand first."""

    def __init__(self, *, chinese: bool) -> None:
        han = [Row(name, re.compile(pattern), _DIGITS) for name, pattern in CHINESE] if chinese else []
        latin = [Row(name, re.compile(pattern), _WORD) for name, pattern in ENGLISH]
        of_han, of_latin = _by_beginning(han), _by_beginning(latin)
        bounds = [(r"(?<!\d)", of_han)] if chinese else []
        #: Finds the places where a piece may begin.
        self.places = re.compile(
            "|".join(f"{bound}{rows.first_characters}" for bound, rows in [*bounds, ("(?<![a-z0-9])", of_latin)])
        )
        self._rows = _by_beginning([*han, *latin])
        self._known: dict[str, tuple[Row, ...]] = {}

    def rows_at(self, text: str, place: int) -> tuple[Row, ...]:
        """The rows that may begin at ``place``, in the order in which they are to be tried."""
        key = self._rows.key_at(text, place)
        rows = self._known.get(key)
        if rows is None:
            rows = self._known[key] = tuple(self._rows.values(key))
        return rows


def _by_beginning(rows: Sequence[Row]) -> PrefixTree[Row]:
    """Raises ValueError for a pattern of which it cannot be told how it begins: it would have to be tried everywhere."""
    return PrefixTree((_beginnings(row), row) for row in rows)


def _beginnings(row: Row) -> frozenset[str]:
    beginnings = beginnings_of(row.pattern.pattern)
    if beginnings is None:
        raise ValueError(f"nobody can tell how {row.reader} begins: {row.pattern.pattern[:60]}")
    return beginnings
