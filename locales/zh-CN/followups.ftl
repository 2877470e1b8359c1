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
followup-open = { followup-about }
    .title = { $subject } · { $when } · F{ $followup }
followup-finished = 完成 ✓ { $subject }，下一步呢？
followup-moved = 已改到 { $when }：{ $subject }
followup-done = { AGO($closed) }已完成：{ $subject } · F{ $followup }
followup-cancelled = { AGO($closed) }已取消：{ $subject } · F{ $followup }
followup-ask-when = { $subject }：改到什么时候？比如：明天下午3点、周五。
button-done-of = 完成 · { $subject }
button-more-of = 更多
staff-unreachable = 所有渠道都联系不上 { $name }，请让对方重新打开和我的对话。
