### 按名称发到群里的定时报表。
schedule-which-group = 有几个群都叫“{ $name }”，发到哪一个？
schedule-group-unknown = 没有找到你发过言、名叫“{ $name }”的群。发到下面哪一个？
schedule-no-group-known = 没有找到你发过言、名叫“{ $name }”的群。请先在群里说句话（如果我只看得到发给我的消息，就发 /help），或直接在群里要这份报表。
schedule-group-line = { $name }{ $people ->
        [none] {""}
       *[other] {" "}· 还有 { $people }
    }
button-this-group = 就这个
schedule-group-of-customer = “{ $name }”是客户的群，数据不能发到那里。请选一个只有同事的群。
schedule-group-with-guests = “{ $name }”里有公司以外的人，数据不能发到那里。请选一个只有同事的群。
report-comes-here = 由 { $by } 设置，将定时发到本群{ $repeats ->
        [none] {""}
       *[other] ，{ $repeats }
    }，首次 { $next }{ $words ->
        [none] {""}
       *[other] {" "}· { $words }
    }{ $people ->
        [none] {""}
       *[other] {" "}· { $people }
    }
    .title = { $title }已定时
report-stopped-here = { $by } 已停掉，不再发送。
report-stopped-by = { $by } 停掉了定时发到群里的报表：{ $title }。
said-report-comes-here = 将有定时报表
said-report-stopped-by = 定时报表被停掉
report-group-lost = 我已不在{ $name ->
        [none] 收这份报表的群
       *[other] “{ $name }”
    }里了，这份报表（{ $repeats ->
        [none] 定时
       *[other] { $repeats }
    }）已暂停，等你决定发到哪里。
    .title = { $title }没有地方可发
button-schedule-elsewhere = 换一个群
button-schedule-to-me = 发给我
schedule-elsewhere = 发到哪个群？没有列出的群，请先在里面说句话。
schedule-no-groups = 没有找到你发过言的群。请先在一个群里说句话，再到“报表 → 定时”里按“换一个群”。
said-report-group-lost = 定时报表没有地方可发
action-report-group-lost = 群已不在，定时报表暂停
action-report-moved = 定时报表换了地方
