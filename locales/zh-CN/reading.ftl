# 查找、历史、撤销、为什么；评论和共享；粘贴的列表。
button-n-more =
    { $open ->
        [yes] 还有 { $count }+ 条
       *[no] 还有 { $count } 条
    }
button-first-page = 从头看
find-found = “{ $text }”的结果：
button-look-on = 再往前找
find-not-yet = 最近的记录里没有“{ $text }”，可以再往前找。
find-no-more = “{ $text }”没有更多了。
find-nothing = 你的记录里没有“{ $text }”。
find-said =
    { $code ->
        [none] { $kind }
       *[other] { $code } { $name } · { $kind }
    } · { AGO($at) }：{ $note }
find-line =
    { $code } { $name }{ $person ->
        [none] {""}
       *[other] {" "}· { $person }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }{ $touched ->
        [none] {""}
       *[other] {" "}· { AGO($touched) }
    }
mine-customer = 你的客户，最新的在前：
mine-lead = 你在跟的线索，最新的在前：
mine-opportunity = 你在跟的商机，最新的在前：
mine-no-customer = 你名下还没有客户。在线索卡片上按“转为客户”就会有。
mine-no-lead = 你名下没有在跟的线索。用 /线索 可以添加。
mine-no-opportunity = 你名下没有在跟的商机。可以在客户卡片上添加。
record-ask-log = { $name }（{ $code }）有什么进展？直接写，下一步也可以一起写。

undone =
    已撤销：{ $what }{ $codes ->
        [none] {""}
       *[other] （{ $codes }）
    }
redone =
    已恢复：{ $what }{ $codes ->
        [none] {""}
       *[other] （{ $codes }）
    }
undo-under-way =
    正在处理：{ $what }{ $codes ->
        [none] {""}
       *[other] （{ $codes }）
    }。改动较多，完成后在这里告诉你。
button-redo = 恢复
undo-nothing-recent = 最近十分钟没有可以撤销的，更早的在历史里。
undo-too-late = 已经超过十分钟了，可以在历史里撤销。

history-mine =
    .title = 你最近的改动
history-of =
    .title = { $code } { $name } 的历史
history-empty = 还没有改动过。
history-my-line =
    { $at } · { $what }{ $codes ->
        [none] {""}
       *[other] （{ $codes }）
    }{ $about ->
        [none] {""}
       *[other] {" "}· { $about }
    }{ $undone ->
        [yes] {" "}– 已撤销
       *[no] {""}
    }
history-line =
    { $at } · { $who } · { $what }{ $codes ->
        [none] {""}
       *[other] （{ $codes }）
    }{ $note ->
        [none] {""}
       *[other] ：{ $note }
    }{ $undone ->
        [yes] {" "}– 已撤销
       *[no] {""}
    }
history-nobody = 系统
history-field =
    – { $field }：{ $before ->
        [none] –
       *[other] { $before }
    } → { $after ->
        [none] –
       *[other] { $after }
    }
action-changed = 改动
action-undone = 撤销
field-owner-id = 负责人
field-status = 状态
field-lost-reason = 原因
field-grade = 等级
field-customer-id = 客户
field-lead-id = 线索
field-contact-id = 联系人
field-opportunity-id = 商机
field-stage = 阶段
field-amount-minor = 金额
field-expected-on = 预计成交
field-closed-at = 关闭时间
field-due-at = 时间
field-accepted-at = 接受时间
field-recurrence = 重复
field-birthday = 生日
field-phone = 电话
field-email = 邮箱
field-wechat = 微信
field-qq = QQ
field-whatsapp = WhatsApp
field-credit-code = 统一社会信用代码
field-created-by = 安排人

why-mine =
    .title = 最近跟你说过的
why-about =
    .title = 关于 { $code } { $name } 说过的
why-nothing = 没有说过什么，也没有要说的。
why-will-remind = { $owner } 会在{ $when }收到提醒。
why-in-my-day = 没有定具体时间，会出现在 { $owner } { DAY($when) }的“我的一天”里。
why-done = { AGO($at) }已完成，不再提醒。
why-cancelled = { AGO($at) }已取消，不再提醒。
why-told =
    { $who ->
        [none] {""}
       *[other] 给 { $who }：
    }{ $what }{ $about ->
        [none] {""}
       *[other] （{ $about }）
    }
why-sent =
    { $at } · { why-told }{ $where ->
        [none] {""}
       *[other] ，{ $where }
    } · 已发送{ $reason ->
        [none] {""}
       *[other] （{ $reason }）
    }
why-pending =
    { $at } · { why-told } · 等待中{ $reason ->
        [none] {""}
       *[other] ：{ $reason }
    }
why-skipped =
    { $at } · { why-told } · 没有发{ $reason ->
        [none] {""}
       *[other] ：{ $reason }
    }
why-failed =
    { $at } · { why-told } · 发送失败{ $reason ->
        [none] {""}
       *[other] ：{ $reason }
    }
why-withdrawn =
    { $at } · { why-told } · 已收回{ $reason ->
        [none] {""}
       *[other] ：{ $reason }
    }
channel-telegram = Telegram
channel-slack = Slack
channel-local = 聊天页面
channel-other = 其他聊天
said-followup-due = 跟进提醒
said-followup-assigned = 请你跟进
said-lead-assigned = 转给你的线索
said-customer-assigned = 转给你的客户
said-comment-told = 评论
said-share-asked = 共享申请
said-share-granted = 已共享给你
said-share-declined = 暂不共享
said-records-received = “交给你的记录”
said-my-day = 我的一天
said-staff-unreachable = 联系不上同事
said-radar = 可能要流失
said-ticket-assigned = 交给你的工单
said-ticket-said = 客户来信
said-ticket-answer-warn = 首次答复快到时限
said-ticket-answer-due = 首次答复超时
said-ticket-solve-warn = 解决快到时限
said-ticket-solve-due = 解决超时
said-other = 消息
reason-done-meanwhile = 之前已经完成
reason-cancelled-meanwhile = 之前已经取消
reason-moved = 改了时间或换了人
reason-gone = 对方已看不到这条记录
reason-passed-on = 已经转给别人
reason-left-company = 对方已离职
reason-no-channel = 没有绑定聊天账号
reason-unreachable = 哪个聊天渠道都联系不上
reason-refused = 聊天平台不接收这条消息，原因在服务器日志里
reason-channel-busy = 聊天平台要求稍等
reason-unanswered = 聊天平台没有回应，会再试
reason-quiet-hours = 免打扰时间，过后再发
reason-day-off = 休息日，下个工作日再发
reason-superseded = 有更新的消息代替
reason-on-one-card = 和其他几条合并在一张卡片里
reason-opted-out = 对方关闭了这类消息
reason-undone = 改动已撤销
reason-error = 出了点问题，会再试
reason-unreadable = 这个版本读不懂它的内容，一天之内还会再试
reason-digest = 放进每日汇总
reason-absent = 对方不在，已通知代理人

comment-added =
    已记到 { $code }{ $name ->
        [none] {""}
       *[other] {" "}{ $name }
    }。{ $told ->
        [none] {""}
       *[other] 已告诉 { $told }
    }
share-request-sent = 申请已经发出，由负责人决定，有结果我会告诉你。
share-done = { $name } 现在可以看 { $code } 了。
share-kept = { $code } 没有共享，已经婉转地告诉 { $name }。
button-share = 共享

list-card =
    新的 { $fresh } 条{ $repeated ->
        [0] {""}
       *[other] {" "}· 已存在 { $repeated } 条
    }{ $unreadable ->
        [0] {""}
       *[other] {" "}· 看不懂 { $unreadable } 条
    }
    .title = 共 { $total } 行
list-fresh =
    新的：{ $names }{ $left ->
        [0] {""}
       *[other] {" "}等，另有 { $left } 条
    }
list-twice =
    { $near ->
        [yes] 第 { $line } 行 { $name }：和第 { $earlier } 行名称相近
       *[no] 第 { $line } 行 { $name }：和第 { $earlier } 行相同
    }
list-known =
    第 { $line } 行 { $name }：已存在{ $code ->
        [none] {""}
       *[other] {" "}{ $code }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· 负责人 { $owner }
    }{ $matched ->
        [company] {" "}· 公司名相同
        [near_name] {" "}· 公司名相近
       *[other] {""}
    }
list-unreadable = 第 { $line } 行：{ $why }
list-saved =
    { $count ->
        [0] 没有新的可以保存。
       *[other] 已保存 ✓ { $count } 条线索。
    }{ $left_out ->
        [0] {""}
       *[other] { $left_out } 行没有保存。
    }
list-saving = 正在保存 { $count } 条线索，完成后在这里告诉你。
list-dropped = 已放弃，没有保存。
list-gone = 这个列表已经保存或放弃了。
list-too-long = 一共 { NUMBER($count) } 行，请一次最多粘贴 { NUMBER($limit) } 行。
button-save-all-of = 全部保存（{ $count }）
button-save-look-alikes = 连同已有公司全部保存（{ $count }）
comment-names-nobody = 没有叫 { $names } 的同事，所以没有通知。
renamed-near = 和 { $code } { $name } 名称相近，是同一家吗？
renamed-near-another =
    别人那里有名称相近的公司{ $owner ->
        [none] {""}
       *[other] {" "}· 负责人 { $owner }
    }
