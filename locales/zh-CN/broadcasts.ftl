# 一次发给许多客户的资讯和邀请。

action-broadcast-written = 写了群发
action-broadcast-asked = 群发请人同意
action-broadcast-started = 群发已发出
action-broadcast-paused = 群发已暂停
action-broadcast-resumed = 群发已继续
action-broadcast-stopped = 群发已停止
action-invitation-answered = 客户答复了邀请
menu-broadcast = 给许多客户发资讯或邀请
usage-broadcast = 直接发送可新建或查看，或写编号：群发 3

# 不能这样做的原因。
broadcast-not-found = 没有群发 { $broadcast }。
broadcast-not-so = { $state ->
        [asked] 群发 { $broadcast } 正等另一位同事同意，现在不能改也不能发。
        [draft] 群发 { $broadcast } 还没有发出。
        [paused] 群发 { $broadcast } 已暂停。
        [stopped] 群发 { $broadcast } 已停止。
       *[other] 群发 { $broadcast } 已经在发了。
    }
broadcast-empty = 请至少用一种语言写好内容。
broadcast-nobody = 现在没有可以发的人：他们没有和我们建立聊天，没有同意接收资讯，或最近刚收到过。
broadcast-at-night = 请选 9:00 到 20:00 之间的时间，夜里没有人想看资讯。
broadcast-no-such-owner = 没有叫“{ $typed }”的同事或团队。

# 撰写。
broadcast-form = { "" }
    .title = 资讯或邀请
broadcast-kind-news = 资讯
broadcast-kind-invitation = 邀请（带答复按钮）
broadcast-label-kind = 类型
broadcast-label-grades = 级别
broadcast-label-language = 读者的语言
broadcast-label-owners = 负责人或团队
broadcast-label-day = 哪一天发（不填就现在发）
broadcast-label-hour = 读者当地几点
broadcast-hint = 可以用 {"{"}姓名{"}"}、{"{"}公司{"}"}、{"{"}负责人{"}"}、{"{"}我们{"}"}
broadcast-hint-grades = A、B
broadcast-hint-owners = 小王、销售部
broadcast-list = 最近的群发。
    .title = 资讯和邀请
broadcast-none = 还没有发过。写一次资讯或邀请，每位愿意接收的客户都会在合适的时间收到，用他们的语言，称呼他们的名字。
    .title = 资讯和邀请
broadcast-listed = { $number }. { $text } · { $state } · { $at }
broadcast-new = 写一条
broadcast-state-draft = 未发
broadcast-state-sending = 发送中
broadcast-state-paused = 已暂停
broadcast-state-stopped = 已停止
broadcast-state-over = 已发完

# 发出之前的卡片。
broadcast-card = { $asked ->
        [yes] 已请另一位同事同意。
       *[no] { $invitation ->
            [yes] 邀请，带答复按钮。
           *[no] {""}
        }{ $had ->
            [0] 还没有人收到。
           *[other] 已有 { $had } 人收到，不会再发给他们。
        }
    }
    .title = 群发 { $number }
broadcast-text-in = { $language }：{ $text }
broadcast-to-all = 发给所有愿意接收资讯的客户{ $within ->
        [none] {""}
       *[other] （{ $within } 的客户）
    }
broadcast-whom = 发给客户{ $grades ->
        [none] {""}
       *[other] {" "}· { $grades } 级
    }{ $tags ->
        [none] {""}
       *[other] {" "}· 标签：{ $tags }
    }{ $language ->
        [none] {""}
       *[other] {" "}· 读{ $language }
    }{ $owners ->
        [none] {""}
       *[other] {" "}· 由 { $owners } 负责
    }{ $within ->
        [none] {""}
       *[other] （{ $within }）
    }
broadcast-when = { $day ->
        [none] 马上发；当地是夜里的，次日早上 9:00 发。
       *[other] { $day } 读者当地 { $hour } 发。
    }
broadcast-count = { $total } 人中的 { $allowed } 人{ $more ->
        [yes] （还没数完）
       *[no] {""}
    }{ $reasons ->
        [none] {""}
       *[other] ；{ $reasons }
    }
broadcast-out-opted-out = { $count } 人退订或没有同意接收
broadcast-out-cool-down = { $count } 人最近刚收到过
broadcast-out-complaint-open = { $count } 人的公司有未解决的投诉
broadcast-preview = 看看效果
broadcast-preview-card = 这几位会这样看到。
    .title = 群发 { $number }
broadcast-preview-nobody = 现在没有人会收到。
    .title = 群发 { $number }
broadcast-previewed = → { $name }（{ $customer }），{ $at }{"\u000A"}{ $text }
broadcast-test = 先发给我
broadcast-count-all = 全部数一遍
broadcast-counting = 正在数，结果会显示在这里。
    .title = 群发 { $number }
broadcast-counted = 数完了。
    .title = 群发 { $number }

# 另一位同事。
broadcast-request = { $name }想把这条发给许多客户。
    .title = 同意群发 { $number } 吗？
broadcast-asked-count = { $more ->
        [yes] 发给 { $allowed } 人以上。
       *[no] 发给 { $total } 人中的 { $allowed } 人。
    }
broadcast-in-short = 群发 { $number }
broadcast-request-approved = { $who }同意了群发 { $number }，正在发送。
broadcast-request-declined = { $who }没有同意群发 { $number }。可以修改，明天再请求。
broadcast-request-expired = 没有人及时答复，群发 { $number } 没有发出。可以再请求。

# 结果。
broadcast-report = { $state }{ $at ->
        [none] {""}
       *[other] ，{ $at }开始
    }{ $planned ->
        [yes] {""}
       *[no] ，还在整理名单
    }。
    .title = 群发 { $number }
broadcast-delivered = 已送达：{ $sent }{ $waiting ->
        [0] {""}
       *[other] ，待发：{ $waiting }
    }
broadcast-unsaid = 未发给 { $count } 人：{ $why }
broadcast-opted-out-since = { $count } 位读者之后表示不再接收资讯。
broadcast-answered-coming = 参加：{ $count }{ $names ->
        [none] {""}
       *[other] {" "}– { $names }
    }{ $more ->
        [0] {""}
       *[other] {" "}等，另有 { $more } 人
    }
broadcast-answered-not_coming = 不能来：{ $count }{ $names ->
        [none] {""}
       *[other] {" "}– { $names }
    }{ $more ->
        [0] {""}
       *[other] {" "}等，另有 { $more } 人
    }
broadcast-refresh = 刷新
broadcast-pause = 暂停
broadcast-resume = 继续
broadcast-stop = 停止
broadcast-stop-sure = 确定彻底停止？还没收到的人不会再收到。
    .title = 群发 { $number }
broadcast-stop-yes = 确定停止
reason-broadcast-paused = 已暂停
reason-broadcast-stopped = 已停止

# 客户看到的。
broadcast-message = { $text }{ $test ->
        [yes] {"\u000A\u000A"}（这是测试，别人没有收到。）
       *[no] {""}
    }
invitation-yes = 我参加
invitation-no = 来不了
invitation-answered-coming = 太好了，期待与您见面！如有变化，按另一个按钮即可。
invitation-answered-not_coming = 谢谢您告知。如有变化，按另一个按钮即可。
invitation-tested = 这是给客户用的，没有记录任何内容。
