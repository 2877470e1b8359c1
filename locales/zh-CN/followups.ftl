# 跟进：提醒、卡片、结果。
followup-about =
    { $note ->
        [none] {""}
       *[other] {"\u000A"}{ $note }
    }{ $contact ->
        [none] {""}
       *[other] {"\u000A"}{ $contact }
    }{ $phone ->
        [none] {""}
       *[other] {"\u000A"}{ $phone }
    }{ $repeats ->
        [none] {""}
       *[other] {"\u000A"}{ $repeats }
    }
followup-due = { followup-about }
    .title =
        ⏰ { $subject } · { $when }{ $late ->
            [yes] （迟到的提醒）
           *[no] {""}
        }
followups-due =
    .title =
        ⏰ { $count ->
            [0] 全部完成 ✓
           *[other] { $count } 条跟进到时间了
        }{ $late ->
            [yes] （迟到的提醒）
           *[no] {""}
        }
followup-line =
    { $subject } · { $when }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }
followup-line-done = ✓ { $subject }
followup-line-cancelled = – { $subject }，已取消
followup-open = { followup-about }
    .title =
        { $subject } · { $when }{ $theirs ->
            [yes] {" "}· { $owner }
           *[no] {""}
        } · F{ $followup }
followup-planned = { followup-about }
    .title = 已安排 ✓ { $subject } · { $when } · F{ $followup }
followup-given = { followup-about }
    .title = 已安排 ✓ 由 { $owner } 跟进：{ $subject } · { $when } · F{ $followup }
followup-assigned = { followup-about }
    .title = { $subject } · { $when }：{ $by } 请你跟进
followup-taken = { followup-about }
    .title = 由你跟进：{ $subject } · { $when } · F{ $followup }
followup-accepted = { $subject } · { $when }：{ $by } 接受了跟进
followup-passed-on = 已请 { $owner } 跟进：{ $subject } · { $when }
followup-ask-whom = { $subject }：请谁跟进？点名字，或者写 @名字。
followup-finished = 完成 ✓ { $subject }。下一步呢？
followup-finished-again = 完成 ✓ { $subject }。下次：{ $next }
followup-moved = 已改到 { $when }：{ $subject }
followup-done = { AGO($closed) }已完成：{ $subject } · F{ $followup }
followup-cancelled = { AGO($closed) }已取消：{ $subject } · F{ $followup }
followup-dropped = 已取消：{ $subject } · F{ $followup }
followup-ask-when = { $subject }：改到什么时候？点一个日子，或者直接写：明天下午3点、11月27日 10:00。
form-reschedule = { $subject }：改时间
label-day = 日期
label-time = 时间
hint-time = 留空：当天内
followup-log-hint = 聊了什么？直接写，下一步也可以一起写；也可以就这样保存。
button-done-of = 完成 · { $subject }
stands-in = 代 { $name } 跟进，对方到{ DAY($until) }不在。
deputy-asked = { $name } { $span ->
        [open] 到{ DAY($until) }
        [day] { DAY($until) }
       *[days] { DAY($from) }到{ DAY($until) }
    }不在，请你代班，期间的提醒会发给你。
staff-unreachable =
    { $reason ->
        [not-joined] { $name } 还没有加入，收不到我的消息。请提醒对方打开邀请链接；/team 里可以重新生成。
       *[other] 各个渠道都联系不上 { $name }，请让对方重新打开和我的聊天。
    }
followup-passed = { $subject } · { $when }：{ $by } 转给了 { $owner }
