# 加入：第一个链接、邀请码、问候，以及对陌生人和客户说的话。
first-link =
    这里还没有人。第一个打开此链接的人将成为 { $company } 的管理员。
    链接只能用一次，7 天内有效；下次启动会换新的。
first-link-or-code = 或者在 { $channel } 里给机器人发：  join { $code }
first-code =
    这里还没有人。第一个把下面这句发给机器人的人将成为 { $company } 的管理员：

      join { $code }

    只能用一次，7 天内有效；下次启动会换新的。

welcome-admin = 你是管理员。这样对吗？
    .title = { $name }，欢迎来到 { $company }！
welcome-staff = 你已加入，角色是{ $role }。这样对吗？
    .title = { $name }，欢迎来到 { $company }！
profile-card = 改好了。这样对吗？
    .title = { $name }
profile-called = 名字：{ $name }
profile-language = 语言：{ $language }
profile-zone = 时区：{ $zone }，当地现在 { CLOCK($now) }
profile-hours = 工作时间：{ $start }–{ $end }
button-confirm-profile = 没错
language-en = English
language-zh-CN = 中文

profile-form = 关于你
profile-name = 名字
profile-field-language = 语言
profile-field-zone = 时区
profile-hint-zone = 写城市就行：上海、北京、London
profile-field-start = 上班时间
profile-field-end = 下班时间
wrong-clock = 没看懂时间。可以这样写：9:00 或 18:30。

start-ready =
    好了，{ $name }。接下来添加同事：名字、角色，再转发一个链接。
    也可以直接说发生了什么，比如：给华新打了电话，周五上午10点再跟进。
start-hello =
    { $name }，你好！用自己的话告诉我发生了什么，比如：
    给华新打了电话，要报价，周五上午10点再跟进
thanks-answer = 不客气，有事随时说。
run-today = 今天
run-settings = 设置
run-help = 我能说什么？
run-digest = 团队日报
run-team = 团队
run-resume = 没做完的
run-link = 绑定其他渠道

channel-linked =
    绑定好了。{ $channels ->
        [none] {""}
       *[other] 我在这些渠道认得你：{ $channels }。
    }提醒会发到你最近说话的地方。
    .title = { $name }，你好！
link-code = 在另一个渠道打开链接，或把邀请码发到我们在那里的聊天。只能用一次，{ $days } 天内有效。
    .title = 绑定其他渠道
account-opened = 你的账号现在也可以在{ $channel }{ $who ->
        [none] {""}
       *[other] （{ $who }）
    }使用了。不是你本人？请马上让管理员解绑：发送“团队”，点你的名字，再点解绑。
link-elsewhere = { $name }，你在这里已经绑定了。请到另一个渠道打开链接，邀请码还能用。
invitation =
    打开链接，或把邀请码发到我们的聊天里即可加入。只能用一次，{ $days } 天内有效。
    .title = { $name }，{ $company } 邀请你加入
invitation-link = { $link }
invitation-code = join { $code }

former-welcome = 这个账号已不属于 { $company } 的团队。如果弄错了，请向管理员要一个新链接。
former-again = 没有管理员给的新链接，我在这里帮不上忙。

open-a-chat = 这个只能私下说。请和我单独聊天，点“开始”后再问一次。
contact-is-own = { $name }，这是你自己的号码。把客户的名片发给我，我就建一条线索。
