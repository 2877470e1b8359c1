# 聊天里的客户和陌生人：欢迎语、邀请码、客户群、等人处理的消息，以及退订。
welcome =
    .title = { $company }
welcome-private =
    { $name ->
        [none] 您好！
       *[other] { $name }，您好！
    }这里是 { $company }。有什么需要，直接在这里写，会有人看、有人回复。
welcome-group =
    { $names ->
        [none] 大家好！
       *[other] { $names }，您好！
    }我是 { $company } 助手。有需要请私下找我，或在这里 @ 我。
welcome-own = { $text }
welcome-reach = 工作日 { $start }–{ $end } 有人回复。
welcome-kept = 您写的内容只为答复您而保存：还不认识您时保存 { $days } 天，服务请求保存 { $years ->
   *[other] { $years } 年
}。发“我的数据”可查看，发“删除我”可申请删除。
welcome-platform = 消息会经过{ $channel }的服务器。
welcome-stop = 发“退订”不再收到问卷和资讯，您自己的请求仍会答复。没有您的同意，我们不发资讯。
group-welcome =
    .title = { $company }

inquiry-taken = 收到，谢谢您。会有人查看，并在这里答复您。
inquiry-added = 已补充到您的消息里，会有人查看。
inquiry-empty = 这条没看懂。请用文字写给我们，会有人查看。
inquiry-card =
    { $known ->
        [yes] 你的客户发来的消息，{ $at }
       *[no] 还不认识的人，{ $at }
    }
    .title = { $name ->
        [none] 新消息
       *[other] { $name }
    } · { $channel }
inquiry-words = { $words }
inquiry-is-bound = { $by ->
        [none] 已绑定到客户。
       *[other] { $by } 已绑定到客户。
    }
    .title = { $name ->
        [none] 新消息
       *[other] { $name }
    } · { $channel }
inquiry-is-lead = { $by ->
        [none] 已转为线索。
       *[other] { $by } 已转为线索。
    }
    .title = { $name ->
        [none] 新消息
       *[other] { $name }
    } · { $channel }
inquiry-is-ticket = { $by ->
        [none] 已转为工单。
       *[other] { $by } 已转为工单。
    }
    .title = { $name ->
        [none] 新消息
       *[other] { $name }
    } · { $channel }
inquiry-is-closed = { $by ->
        [none] 与我们无关。
       *[other] { $by }：与我们无关。
    }
    .title = { $name ->
        [none] 新消息
       *[other] { $name }
    } · { $channel }
inquiry-ask-whose = { $name ->
        [none] 这是谁
       *[other] { $name } 是谁
    }？发客户或联系人的编号（C7、P9），或者名字。
inquiry-which = { $name ->
        [none] 是哪一位
       *[other] { $name } 是哪一位
    }？
inquiry-nobody-called-so = 没找到。试试编号，比如 C7 或 P9，或者换个名字。
inquiry-bound = 已绑定 ✓ { $name }，{ $customer }。已告知对方。
inquiry-not-found = 这里没有这条消息。
inquiry-closed = 这条消息已经有人处理了。
button-bind-customer = 绑定客户
button-make-lead = 转为线索
button-not-for-us = 与我们无关
button-contact = { $name }{ $customer ->
        [none] {""}
       *[other] {" "}· { $customer }
    }

invite-whom = 邀请 { $name } 的哪一位？
invite-nobody = { $name } 还没有联系人，先添加一位。
contact-invitation =
    打开链接，或把邀请码发到我们的聊天里，{ $company } 就认识您了。只能用一次，{ $days } 天内有效。
    .title = { $name }，{ $company } 邀请您
contact-is-known = 已连接 ✓ 我们知道您是 { $name }。有事随时写给我们。
contact-came-in =
    { $called ->
        [none] 在{ $channel }。
       *[other] 在{ $channel }，昵称 { $called }。
    }
    .title = { $name }{ $customer ->
        [none] {""}
       *[other] （{ $customer }）
    }进入了我们的聊天
contact-closed-chat =
    { $called ->
        [none] 在{ $channel }。
       *[other] 在{ $channel }，昵称 { $called }。
    }重新打开之前，消息送不到那里。
    .title = { $name }{ $customer ->
        [none] {""}
       *[other] （{ $customer }）
    }关闭了与我们的聊天
contact-unbound = { $called ->
        [none] 这个账号
       *[other] { $called }
    } 又是陌生人了。
contact-left-line = { DAY($at) } 起不在这家客户
contact-has-left = { $name } 已不在这家客户。
code-for-customer = 这是给客户的邀请码，请转发给对方，仍然有效。
phone-not-own = 这是别人的名片。要说明您是谁，请分享您自己的。
phone-unknown = 谢谢您。我们的资料里没有这个号码，会有人查看，并在这里答复您。
button-invite = 邀请进聊天
button-not-them = 不是本人
button-contact-left = 已离开
button-contact-back = 又在了

bind-in-group = 请在客户群里说：绑定 C7
group-is-bound = 这个群现在属于 { $name }（{ $code }）。群里的人会收到问候。
group-whose = 这个群属于{ $name ->
        [none] 另一家客户
       *[other] {" "}{ $name }（{ $code }）
    }。{ $by }，{ $at }
group-bound-elsewhere = 这个群已属于另一家客户。
group-ask-move = 这个群已属于{ $bound ->
        [none] 另一家客户
       *[other] {" "}{ $bound }
    }。改为 { $name } 吗？
group-not-bound = 这个群还不属于任何客户。在这里说：绑定 C7
group-unbound = 这个群不再属于 { $code }。
button-move-group = 改为 { $code }
button-leave-group = 保持不变
button-unbind = 解除绑定

stopped = 好的，您在任何渠道都不会再收到问卷和资讯。您自己的请求仍会答复。
news-welcome = 谢谢您！我们会不时给您发些资讯。发“退订”即可停止。
button-news-welcome = 愿意收到资讯
button-stop = 退订
stop-for-customers = 这是给客户用的。你收到什么，请看设置。

menu-invite = 邀请客户进聊天
menu-bind = 说明这是哪家客户的群
menu-stop = 不再收问卷和资讯
usage-invite = 客户或联系人的编号：邀请 C7
usage-bind = 在群里，带上客户编号：绑定 C7
usage-stop = 直接发送：退订
kind-customers = 客户进入或离开聊天
said-inquiry-card = 陌生人发来的消息
said-contact-came-in = “客户进入了聊天”
said-contact-closed-chat = “客户关闭了聊天”
said-group-greeting = 客户群的问候
said-contact-is-known = “我们认识您了”
action-inquiry-arrived = 陌生人发来消息
action-inquiry-went-on = 陌生人补充了消息
action-inquiry-became-lead = 消息转为线索
action-inquiry-closed = 消息已搁置
action-contact-invited = 邀请了客户
action-contact-bound = 绑定了客户账号
action-contact-unbound = 解除了客户账号的绑定
action-contact-left = 联系人已离开客户
action-contact-is-back = 联系人又在客户那里
action-group-bound = 群绑定到客户
action-group-unbound = 群解除绑定
action-greeting-changed = 修改了给客户的问候
action-retention-changed = 修改了客户内容的保存期限
unknown-placeholder = 这里不能用 { "{" }{ $typed }{ "}" }。可以用：{ $known }。
wrong-retention = { $typed } 不行，请写 { $least } 到 { $most } 之间的整数。

settings-customers-button = 给客户的问候
greeting-settings = 先是你们自己的话；保存什么、经过谁的服务器、怎样退订，总会跟在后面。
    .title = 客户进来时看到的内容
greeting-part = { $part }：{ $own ->
        [yes] 自己的话
       *[no] 默认
    }
greeting-part-private = 私聊问候
greeting-part-group = 群里的问候
greeting-part-reach = 怎样联系你们
greeting-kept = 保存期限：陌生人的消息 { $days } 天，服务请求 { $years ->
   *[other] { $years } 年
}
greeting-preview =
    .title = 客户看到的内容
greeting-unsaved = { $part }，还没保存：
    .title = 客户将看到的内容
preview-en = See it in English
preview-zh-CN = 看中文
greeting-form = { $part }
greeting-field-en = 英文
greeting-field-zh-CN = 中文
greeting-hint = 留空就用默认的。可以用 { $known }
button-look = 预览
greeting-gone = 这段话已经保存或放弃了。
greeting-kept-form = 保存多久？
greeting-field-days = 陌生人的消息，天
greeting-field-years = 服务请求，年
button-make-ticket = 转为工单
greeting-language-chosen = 以后用中文与您交流。
button-share-phone = 分享我的手机号
