# 客户没有主动问起、由我们发出的内容：多少、资讯、祝福和积分。

reason-cool-down = 不久前刚联系过，或有更要紧的先发
reason-complaint-open = 该公司的投诉还没解决
said-broadcast = 资讯
said-care-greeting = 祝福

# 客户逐项选择收到什么。
topics = 您愿意收到哪些？您自己的请求我们一定会答复。
topic-line = { $given ->
        [yes] ✓
       *[no] ✗
    } { $topic }
topic-on = 愿意收{ $topic }
topic-off = 不收{ $topic }
button-choose-topics = 选择收到什么
news-stopped = 好的，您在任何渠道都不会再收到资讯。
news-no-more = 不再接收资讯

# 祝福。
action-care-changed = 修改了祝福设置
action-care-planned = 安排了祝福
reason-care-off = 这类祝福已关闭
care-button = 节日和生日祝福
care-settings = 当天当地时间 10:00，发给和我们有聊天、没有退订的客户{ $tags ->
        [none] {""}
       *[other] ；只发标签为{ $tags }的
    }{ $grades ->
        [none] {""}
       *[other] ；只发{ $grades }级
    }。
    .title = 祝福
care-occasion = { $on ->
        [yes] ✓
       *[no] –
    } { $occasion }
care-on = 打开
care-off = 关闭
care-words = 措辞
care-whom = 发给谁
care-whom-form = { "" }
    .title = 发给谁
care-form = { "" }
    .title = { $occasion }
care-hint = 不填就用我们的措辞。可以用 {"{"}姓名{"}"}、{"{"}公司{"}"}、{"{"}负责人{"}"}、{"{"}我们{"}"}
care-words-card = { $occasion }，客户会看到：
    .title = 祝福
care-no-words = 这一天不向读这种语言的客户问候，除非你写了措辞。
care-name-birthday = 生日
care-name-anniversary = 纪念日（客户的自定义字段“纪念日”）
care-name-new-year = 元旦
care-name-spring-festival = 春节
care-name-lantern = 元宵节
care-name-dragon-boat = 端午节
care-name-mid-autumn = 中秋节
care-name-national-day = 国庆节
care-name-christmas = 圣诞节
care-own-words = { $text }
care-wish-birthday = { $name }您好，祝您生日快乐，身体健康，万事顺意！{ $us } { $owner } 敬上
care-wish-anniversary = { $name }您好，今天是{ $company }与{ $us }合作的纪念日，感谢您一路以来的信任！{ $owner } 敬上
care-wish-new-year = { $name }您好，新年快乐！祝您和{ $company }新的一年一切顺利。{ $us } 敬上
care-wish-spring-festival = { $name }您好，给您拜年了！祝您和家人春节快乐、阖家幸福、万事如意。{ $us } 敬上
care-wish-lantern = { $name }您好，元宵节快乐！祝您阖家团圆、美满幸福。{ $us } 敬上
care-wish-dragon-boat = { $name }您好，祝您和家人端午安康。{ $us } 敬上
care-wish-mid-autumn = { $name }您好，中秋快乐！祝您阖家团圆、花好月圆。{ $us } 敬上
care-wish-national-day = { $name }您好，国庆节快乐！祝您假期愉快。{ $us } 敬上
care-wish-christmas = { $name }您好，圣诞快乐！感谢您这一年的支持，祝您一切安好。{ $us } 敬上
unfit-wish = { $why ->
        [mourning] 清明、中元、寒衣是追思先人的日子，不宜发祝福。
        [happy] 端午节宜说“安康”，不说“快乐”。请改一下措辞。
       *[familiar] 请不要称客户为“亲”，用对方的称呼即可。
    }
my-day-birthdays = 今天过生日
my-day-birthday = 🎂 { $name }（{ $customer }）

# 回访。
action-visits-changed = 修改了回访设置
visits-button = 回访
visits-line = { $rhythms ->
        [none] 回访：未打开
       *[other] 回访：{ $rhythms }
    }
visits-every = { $grade }级每 { $days } 天
visits-form = { "" }
    .title = 回访
visits-field-a = A级：多少天没有联系
visits-field-b = B级：多少天没有联系
wrong-rhythm = “{ $typed }”不行：请填 { $least } 到 { $most } 之间的天数，不填就是不回访。
