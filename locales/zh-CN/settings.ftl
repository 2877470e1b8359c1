# /settings：语言、时区、时间、提醒方式、请假。
settings =
    .title = { $name } 的设置
settings-workdays = 工作日：{ $days }
settings-currency = 没写币种的金额按 { $currency } 记
settings-quiet = 免打扰：{ $start }–{ $end }
settings-day = “我的一天”在 { CLOCK($at) } 发送
settings-away =
    { $span ->
        [open] 到{ DAY($until) }
        [day] { DAY($until) }
       *[days] { DAY($from) }到{ DAY($until) }
    }不在{ $deputy ->
        [none] ，没有代理人
       *[other] ，由 { $deputy } 代班
    }
settings-deputy-chosen = ✓ { settings-away }。
settings-form = 设置
settings-field-quiet-start = 免打扰开始
settings-field-quiet-end = 免打扰结束
settings-field-day = “我的一天”时间
settings-hint-day = 留空：上班前半小时
settings-field-currency = 币种
settings-hint-currency = 例如 CNY；留空则按所在国家
unknown-currency = 不认识币种“{ $typed }”，请写三个字母：CNY、USD、EUR。
settings-workdays-button = 工作日
settings-kinds-button = 提醒方式
settings-away-button = 我要请假
settings-deputy-button = 谁来代班
settings-back-button = 我回来了
settings-nobody-button = 不用代班
settings-toggle-day =
    { $on ->
        [yes] ✓ { $day }
       *[no] { $day }
    }
settings-ask-days = 你的工作日：{ $days }
settings-ask-until = 哪几天请假？比如：到周五，或 12月5日到9日。
settings-ask-deputy = { $span ->
        [open] 到{ DAY($until) }
        [day] { DAY($until) }
       *[days] { DAY($from) }到{ DAY($until) }
    }不在，谁来代班？提醒会发给对方。
settings-kinds = 你想怎么收到消息
settings-kind = { $kind }：{ $wish }
kind-reminders = 跟进提醒
kind-assignments = 别人转给你的
kind-comments = 提到你的评论
kind-sharing = 共享申请
kind-untouched = 没人联系的线索
kind-day = 我的一天
wish-now = 马上提醒
wish-digest = 放进“我的一天”
wish-off = 关闭
no-workdays = 至少要留一个工作日。
own-deputy = 代班的得是别人。
action-settings-changed = 修改设置
action-absence-set = 设置请假
action-absence-ended = 请假结束
action-absence-begun = 请假开始
