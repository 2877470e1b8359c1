### 工单：拒绝，操作名称。
ticket-taken = T{ $ticket } 已由 { $who } 接手。
ticket-done =
    { $status ->
        [resolved] T{ $ticket } 已解决。请先重新打开。
       *[other] T{ $ticket } 已关闭。请先重新打开。
    }
ticket-still-open = T{ $ticket } 还在处理中，不用重新打开。
nobody-to-answer =
    { $customer ->
        [none] T{ $ticket } 没有可以回复的聊天。请先在卡片上点「关联客户」，再邀请对方，或者打电话。
       *[other] C{ $customer } 还没有和我们聊过，发不出去。请发送“邀请 C{ $customer }”，把链接转给对方，或者打电话。
    }
answer-gone = 来不及了：T{ $ticket } 的这条回复已发出。请发送“回复 T{ $ticket } 内容”更正。
nothing-to-say = 没有要发的内容，请写几个字。
too-much-to-say = 太长了：最多 { NUMBER($limit) } 个字。
tickets-of-two-customers = T{ $kept } 和 T{ $merged } 属于不同客户，不能合并。
not-for-tickets = { $name } 不能接这个工单：已经在他手上，或者他不处理工单。
other-customers-contact = 这位联系人属于另一个客户。

action-ticket-opened = 新建工单
action-ticket-taken = 接单
action-ticket-assigned = 分配工单
action-ticket-passed-on = 让给下一位
action-ticket-transferred = 转交工单
action-ticket-noted = 工单备注
action-ticket-answered = 回复客户
action-ticket-answer-recalled = 撤回回复
action-ticket-said = 客户来信
action-ticket-waiting = 等客户答复
action-ticket-on-hold = 工单搁置
action-ticket-open = 工单继续
action-ticket-resolved = 工单已解决
action-ticket-closed = 工单关闭
action-ticket-reopened = 工单重新打开
action-ticket-prioritised = 调整优先级
action-ticket-categorised = 调整分类
action-ticket-linked = 工单关联客户
action-tickets-merged = 合并工单

# 卡片
ticket-status-new = 新
ticket-status-open = 处理中
ticket-status-waiting = 等客户答复
ticket-status-on_hold = 搁置
ticket-status-reopened = 重新打开
ticket-status-resolved = 已解决
ticket-status-closed = 已关闭
ticket-priority-urgent = ‼️紧急
ticket-priority-high = ❗高
ticket-priority-normal = 普通
ticket-priority-low = 低
ticket-category-question = 咨询
ticket-category-fault = 故障
ticket-category-request = 需求
ticket-category-complaint = 投诉
ticket-about =
    { $status } · { $category } · { $priority }{ $asker ->
        [none] {""}
       *[other] {"\u000A"}{ $asker }
    }{ $owner ->
        [none] { $queued ->
            [none] {""}
           *[other] {"\u000A"}{ AGO($queued) }开始排队
        }
       *[other] {"\u000A"}{ $mine ->
            [yes] 你负责
           *[no] { $owner } 负责
        }{ $accepted ->
            [yes] {""}
           *[no] ，还没接受
        }
    }{ $due ->
        [none] {""}
       *[other] {"\u000A"}{ $answered ->
            [yes] { $due } 前解决
           *[no] { $due } 前答复
        }
    }{ $solution ->
        [none] {""}
       *[other] {"\u000A"}解决办法：{ $solution }
    }{ $closes ->
        [none] {""}
       *[other] {"\u000A"}自动关闭：{ $closes }
    }{ $merged ->
        [none] {""}
       *[other] {"\u000A"}已并入 T{ $merged }
    }{ $reachable ->
        [yes] {""}
       *[no] {"\u000A"}还没有客户的聊天{ $customer ->
            [none] 。
           *[other] ：邀请 C{ $customer }
        }
    }
ticket-heading =
    T{ $ticket } { $title }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    }
ticket-card = { ticket-about }
    .title = { ticket-heading }
ticket-taken-by-you = 已接手 ✓ { ticket-about }
    .title = { ticket-heading }
ticket-passed = 已让给别人。{ ticket-about }
    .title = { ticket-heading }
ticket-open-again = 已重新打开。{ ticket-about }
    .title = { ticket-heading }
ticket-line-internal = ✎ { $by }，{ AGO($at) }：{ $words }
ticket-line-to-customer =
    → { $by }，{ AGO($at) }{ $state ->
        [going] （即将发出）
        [recalled] （已撤回）
        [failed] （没有送达）
       *[sent] {""}
    }：{ $words }
ticket-line-from-customer = ← { $by }，{ AGO($at) }：{ $words }

# 员工听到的
ticket-why-owner = 这位客户由你负责
ticket-why-turn = 轮到你了
ticket-why-queue = 它在排队，你最先有空
ticket-why-again = 之前是你处理的
ticket-why-took = 你自己接的
ticket-why-given = 同事转给你的
ticket-assigned =
    { $by ->
        [none] 给你：{ $why }。
       *[other] { $by } 转来。
    }{ $note ->
        [none] {""}
       *[other] “{ $note }”
    }{ $accept ->
        [none] {""}
       *[other] 请在 { CLOCK($accept) } 前接受，否则会转给下一位。
    }{"\u000A"}{ ticket-about }
    .title = 🎫 { ticket-heading }
ticket-waits = 这个工单没有人接。{ ticket-about }
    .title = 🎫 { ticket-heading }
ticket-complaint = 有客户投诉。{ ticket-about }
    .title = ⚠ { ticket-heading }
ticket-said = 客户来信了。{ ticket-about }
    .title = 💬 { ticket-heading }
ticket-answer-warn = 首次答复的时限是 { $due }。{ ticket-about }
    .title = ⏰ { ticket-heading }
ticket-answer-due = 首次答复的时限 { $due } 已过，还没有人答复。{ ticket-about }
    .title = ⚠ { ticket-heading }
ticket-solve-warn = 解决的时限是 { $due }。{ ticket-about }
    .title = ⏰ { ticket-heading }
ticket-solve-due = 解决的时限 { $due } 已过。{ ticket-about }
    .title = ⚠ { ticket-heading }
kind-tickets = 工单
said-ticket-answer = 给客户的回复
reason-ticket-over = 工单之前已解决或关闭
reason-answered-meanwhile = 之前已答复
reason-recalled = 已撤回

# 客户看到的
ticket-answer = { $by }: { $text }
    .title = T{ $ticket }
button-ticket-reopen = 重新打开
ticket-line =
    T{ $ticket } { $title }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    } · { $status } · { $priority }{ $due ->
        [none] {""}
       *[other] {" "}· { $due } 前
    }

# 员工输入和点按的
ticket-queue =
    { $mine ->
        [0] { $waiting ->
            [0] 没有排队的，你手上也没有。🎉
           *[other] 你手上还没有。
        }
       *[other] { $waiting ->
            [0] 没有其他排队的。
           *[other] {""}
        }
    }
    .title = 队列
queue-mine = 你负责的：
queue-waiting = 等人接的：
queue-strangers = 陌生人的消息：
queue-stranger =
    { $name ->
        [none] 有人
       *[other] { $name }
    }，{ AGO($at) }：{ $words }
queue-more =
    …还有{ $open ->
        [yes] 超过 { $count }
       *[no] {" "}{ $count }
    } 个
ticket-noted = 已备注到 T{ $ticket } ✓ 只有同事能看到。
ticket-closed = 已解决 ✓ 客户仍可以说没解决。{ ticket-about }
    .title = { ticket-heading }
ticket-transferred = 已通知 { $to }，等他接受。{ ticket-about }
    .title = { ticket-heading }
tickets-merged = T{ $other } 已并入。{ ticket-about }
    .title = { ticket-heading }
ticket-linked = 已关联。{ ticket-about }
    .title = { ticket-heading }
ticket-more = 要改什么？
    .title = { ticket-heading }
ticket-ask-solution = 怎么解决的？写一句给同事看，客户看不到。
    .title = { ticket-heading }
ticket-ask-whom = 转给谁？要留言就发送：转交 T{ $ticket } @姓名 留言
    .title = { ticket-heading }
ticket-ask-customer = 是哪位客户的？请发客户编号，比如 C7。可用“查”查找。
    .title = { ticket-heading }
ticket-ask-reply = 要对客户说什么？点「发送」之前什么都不会发出。
    .title = { ticket-heading }
ticket-draft =
    客户会看到下面的内容。点「发送」才发出。

    { $preview }
    .title = T{ $ticket } 草稿
ticket-answer-going =
    10 秒后客户会看到：

    { $preview }
    .title = T{ $ticket } ⏳
ticket-answer-leaves =
    正在发给客户：

    { $preview }
    .title = T{ $ticket } →
ticket-answer-sent =
    已发出 ✓

    { $preview }
    .title = T{ $ticket } ✓
ticket-answer-recalled =
    已撤回，客户没有收到。

    { $preview }
    .title = T{ $ticket }
ticket-answer-failed =
    没有送达。请打电话，或发送“邀请”加客户编号，重新邀请。

    { $preview }
    .title = T{ $ticket } ⚠
ticket-answer-lost = 你的回复没有送达：{ $reason }。请打电话，或发送“邀请”加客户编号，重新邀请。{ ticket-about }
    .title = ⚠ { ticket-heading }
button-recall = 撤回
button-ticket = T{ $ticket }
button-forget = 删除
button-canned = 话术
button-solved = 已解决
button-waits = 等客户
button-goes-on = 继续处理
button-hold = 搁置
button-transfer = 转交
button-link = 关联客户
button-without-words = 不写了

canned-list =
    { $count ->
        [0] 还没有话术。新建：/话术 问候：{"{"}name{"}"}，您好，感谢来信。
       *[other] 回复时使用：/r T18 #名称{ $left ->
            [0] {""}
           *[other] （还有 { $left } 条）
        }
    }
    .title = 话术
canned-line = #{ $name }：{ $text }
canned-kept = 已存为 #{ $name } ✓
canned-forgotten = #{ $name } 已删除。
canned-choose =
    { $count ->
        [0] 还没有话术。新建：/话术 问候：{"{"}name{"}"}，您好，感谢来信。
       *[other] 用哪一条？
    }
no-such-canned = 没有 #{ $name } 这条话术。发 /话术 查看。
unknown-variable = {"{"}{ $name }{"}"} 填不了。可用：{ $known }。
action-canned-kept = 保存话术
action-canned-forgotten = 删除话术

field-priority = 优先级
field-category = 分类
field-assignee-id = 负责人
field-solution = 解决办法
field-merged-into-id = 并入

menu-queue = 你的工单和排队的
menu-take = 接单
menu-r = 回复客户
menu-note = 给同事看的备注
menu-close = 工单已解决
menu-transfer = 把工单转给同事
menu-merge = 两个工单合成一个
menu-canned = 话术
usage-queue = 直接发送：队列
usage-take = 工单编号：接单 T18
usage-r = 工单和要给客户看的话：回复 T18 今天给您寄新的。
usage-note = 工单和给同事看的话：备注 T18 客户打了两次电话
usage-close = 工单和解决办法：关闭 T18 已重开发票
usage-transfer = 工单和同事，可加留言：转交 T18 @Ida 她熟悉这台机器
usage-merge = 先写保留的，再写另一个：合并 T18 T19
usage-canned = 名称和内容：/话术 问候：{"{"}name{"}"}，您好，感谢来信。

help-queue = • /队列 – 你的工单，以及等人接的
help-answer = • /回复 T18 今天给您寄新的 – 发给客户，十秒内可撤回
help-note = • /备注 T18 客户打了两次电话 – 只有同事能看到；解决后发 /关闭 T18
run-queue = 队列
ticket-answer-file = 📎 T{ $ticket }
said-ticket-answer-file = 给客户的文件
reason-file-comes = 文件还在获取
reason-file-not-kept = 文件没能保存
