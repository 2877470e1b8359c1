### 客户看到的内容，以及向陌生客户询问的信息。
ticket-ask = 请问有什么可以帮您？直接在这里说就行，也可以发照片。
ticket-ask-group = 请问有什么可以帮您？发送 /ticket 加上问题，或者@我并说明问题。
customer-hello =
    { $name ->
        [none] 您好！请问有什么可以帮您？
       *[other] { $name }，您好！请问有什么可以帮您？
    }直接在这里说就行。
ticket-added =
    已补充到 T{ $ticket }{ $title ->
        [none] {""}
       *[other] “{ $title }”
    }。
button-ask-new = 这是新的问题
ticket-add-here =
    { $group ->
        [yes] 请@我并写下要补充的内容，会加到 T{ $ticket }。
       *[no] 请直接在这里补充文字或照片，会加到 T{ $ticket }。
    }
intake-about = 请问是什么问题？
intake-name = 请问怎么称呼您？
intake-company = 请问您是哪家公司的？
intake-done = 谢谢，信息已齐，我们会在这里回复您（T{ $ticket }）。
button-ask = 求助
button-ask-add = 补充内容
button-ask-close = 关闭
button-ask-solved = 已解决
button-ask-again = 没有解决
ticket-progress-gone = T{ $ticket } 是误登记的，已经撤回。您有需要，直接留言即可。
ticket-progress =
    { $state ->
        [new] 已收到您的请求。{ $opens ->
            [none] {""}
           *[other] 我们将从{ $opens }起为您处理。
        }
        [reopened] 我们重新为您处理。{ $opens ->
            [none] {""}
           *[other] { $opens }起有人跟进。
        }
        [waiting] { $owner }正在等您的回复。
        [resolved] 问题已处理，请问解决了吗？
        [closed] 已关闭，谢谢您。
       *[other] { $owner ->
            [none] 已收到您的请求。
           *[other] { $owner }正在为您处理。
        }
    }
    .title =
        T{ $ticket }{ $title ->
            [none] {""}
           *[other] {" "}{ $title }
        }

ticket-opened = 工单已创建。{ ticket-about }
    .title = { ticket-heading }
action-ticket-asker-told = 客户补充了身份信息
menu-ticket = 创建工单
usage-ticket = 请写客户和问题：工单 C7 打印机卡纸
