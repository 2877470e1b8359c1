# 一句话记录：卡片、追问、保存的结果。
nothing-said = 消息是空的。说说发生了什么，比如：给华新打了电话，周五上午10点再跟进。

entry-card =
    .title =
        { $subject }{ $contact ->
            [none] {""}
           *[other] {" "}· { $contact }
        }
entry-new-lead = { $name }（新线索）
entry-which = { $names }，是哪一个？
entry-is-it = 是 { $name } 吗？
entry-nobody = 未指定客户
entry-plan-only = 只是计划
entry-line-kind =
    { $day ->
        [none] { $kind }
       *[other] { $kind } · { DAY($day) }
    }
entry-line-reach = { $reach }
entry-line-odd-phone = { $phones } 不是有效的号码，只保留在备注里。
entry-line-note = { $note }
entry-line-chat-cut = 聊天很长，备注保留最新的 { NUMBER($limit) } 个字。
entry-line-amount =
    金额：{ $amount }{ $doubt ->
        [yes] ，对吗？
       *[no] {""}
    }
entry-line-amount-range = 金额：{ $amount }到{ $most }，按{ $amount }记
entry-line-next =
    { $deadline ->
        [yes] 截止：{ $when }
       *[no] 下一步：{ $when }
    }{ $repeats ->
        [none] {""}
       *[other] ，{ $repeats }
    }{ $doubt ->
        [yes] ，对吗？
       *[no] {""}
    }{ $step ->
        [none] {""}
       *[other] {" "}· { $step }
    }
entry-line-owner = 由 { $name } 跟进
entry-line-no-next = 下一步：未安排
day-of = { DAY($at) }
repeats =
    { $rule ->
        [daily] 每天
        [weekly] 每周
        [monthly] 每月
        [yearly] 每年
        [weekdays] 每个工作日
       *[none] {""}
    }
repeats-each =
    { $rule ->
        [daily] 每{ $count }天
        [weekly] 每{ $count }周
        [monthly] 每{ $count }个月
       *[yearly] 每{ $count }年
    }

entry-ask-kind = 是哪种情况？
entry-ask-when = 下一步在什么时候？比如：周五上午10点，或两周后。
entry-ask-who = 是哪家公司或哪位联系人？
entry-ask-note = 备注写什么？
entry-ask-amount = 金额多少？比如：50万，或 20000美元。
entry-below = 已更正，见下方 ↓
entries-card =
    { $count ->
       *[other] 一条消息里有 { $count } 条记录
    }
entries-line =
    { $subject } · { $kind }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }{ $when ->
        [none] {""}
       *[other] {" "}· 下一步 { $when }
    }{ $doubt ->
        [yes] ，对吗？
       *[no] {""}
    }
entries-saved =
    { $left ->
        [0] 已保存 { $count } 条
       *[other] 已保存 { $count } 条，还有 { $left } 条要看一下。
    }
entries-saved-line = { $subject } · { $kind }
resume-entries =
    { $count ->
       *[other] { $count } 条没保存的记录
    }
nothing-waits = 这里没有等着保存的内容。
entry-saved-below = 已保存，见下方 ↓
entry-dismissed = 已放弃，什么都没有保存。
entry-gone = 这张卡片已经保存或放弃了。
time-not-understood = 没看懂时间。可以这样说：明天下午3点、周五、11月27日 10:00。
amount-not-understood = 没看懂金额。可以这样说：50万、20000美元。

entry-saved = 已保存 · { $subject }
saved-changed-since = 保存之后已经有改动，所以没有动它。请打开那条记录更正。
entry-amended = 已更正 · { $subject }
entry-saved-lead = 新线索 { $code } · { $name }
entry-saved-reach = 新增：{ $reach }
entry-saved-opportunity = { card-opportunity }
entry-saved-activity =
    { $kind }{ $note ->
        [none] {""}
       *[other] ：{ $note }
    }

button-save-new-lead = 保存并新建线索 { $name }
button-save-for = 保存给 { $name }
button-candidate = { $name }
button-entry-who = 客户
button-entry-nobody = 不关联客户
button-entry-kind = 类型
button-entry-when = 时间
button-entry-note = 备注
button-entry-amount = 金额
button-ask-share = 申请共享
when-tomorrow = 明天
when-in-3-days = 3天后
when-monday = 下周一
when-none = 不用了
entry-line-finishes = 保存后，这条跟进即完成
entry-saved-finished = 跟进已完成 ✓
entry-near =
    { $matched ->
        [domain] 是{ $name }吗？邮箱域名相同。
       *[other] 是{ $name }吗？名称很相近。
    }
entry-near-same = 就是{ $name }
