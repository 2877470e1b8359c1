# 记录交接：接手人确认；每位客户的要点；愿意时向客户介绍自己。
handover-to-oneself = 这些本来就是 { $name } 的，请指定另一位同事接手。
handover-not-theirs = 没有交接：{ $record } 不是 { $name } 的。
handover-too-many = 一共 { $count } 条，没有交接。每次最多 { $limit } 条；要交接一个人的全部，发：交接 @小王 给 @小美
handover-some =
    已交给 { $to }：{ $owned }{ $until ->
        [none] {""}
       *[other] { $to } 休假至 { DAY($until) }。
    }
handover-away =
    { $to } 休假至 { DAY($until) }。{ $deputy ->
        [none] 没有人代班，提醒会等着。
       *[other] { $deputy } 代班，会收到提醒。
    }
    .title = { $to } 正在休假
button-all-the-same = 仍然交接
handover-customers-button = 客户
handover-taken = 你已接手 { $from } 的记录 ✓ 共 { $count } 条。
handover-accepted = { $taker } 已接受你交接的 { $count } 条记录 ✓
handover-undone =
    { $by ->
        [none] { $again ->
            [yes] 交接已恢复：
           *[no] 交接已撤回：
        }
       *[other] { $by } { $again ->
            [yes] 恢复了交接：
           *[no] 撤回了交接：
        }
    }{ $from } 的 { $count } 条记录{ $again ->
        [yes] 又归你负责了。
       *[no] 重新归 { $from } 负责。
    }
handover-asked = { $by } 问：{ $from } 的记录你接手了吗？还有 { $count } 条等你点“接受”。
handover-returned =
    { $from } 的 { $count } 条记录交给了 { $taker }，{ AGO($at) }，还没有接受。在你决定之前仍归 { $taker }。
    .title = 交接未被接受
handover-is-left = { $from } 的记录仍归 { $taker } ✓
handover-is-accepted = { $taker } 已接受 { $from } 的记录 ✓
handover-remind-button = 提醒 { $name }
handover-back-button = 收回
handover-leave-button = 不再追问
handover-reminded = 已再次询问 { $name } ✓
handover-customers =
    { $count ->
        [0] 没有随之交接的客户，或已不归你负责。
       *[other] 联系之前先看要点：
    }
    .title = 客户
handover-customer = { $name } · { $code }
capsule =
    { $code }{ $grade ->
        [none] {""}
       *[other] {" "}· { $grade } 级
    }
    .title = { $name }
capsule-mood = 客户情绪：{ $mood }
capsule-sale =
    进行中：{ $name } · { $stage }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }
capsule-ticket = 工单 T{ $ticket }：{ $name }
mood-annoyed = 不满，有投诉
mood-leaving = 在考虑别家
mood-hesitant = 犹豫
mood-keen = 积极
mood-unknown = 没有记录
handover-introduce-button = 向客户介绍我
introduction = 您好，我是 { $name }，今后由我为您服务。有任何需要，直接在这里留言即可。
introduction-preview = “{ $words }”
introduction-ask =
    { $names ->
        [none] 对方还没有人和我们有聊天，暂时无法介绍。
       *[other] { $names } 会看到：
    }
    .title = 向客户介绍
introduction-sent =
    { $names ->
       *[other] 已向{ $name }的 { $names } 介绍了你 ✓
    }
said-handover-asked = “接手了吗？”
said-handover-accepted = “已接手”
said-handover-undone = 被撤回的交接
said-handover-returned = 没有被接受的交接
said-introduction = 新同事的介绍
handover-taken-back = 这次交接已经撤回，记录没有变动。
