# guanxi init：命令行上的问题。
init-yes = y
init-no = n
init-company = 公司名称（机器人以它的名义说话）
init-company-wrong = 请输入 1 到 { $limit } 个字的名称。
init-zone = 时区（写城市就行）
init-country = 节假日和电话：{ $country }，货币：{ $currency }。要改就在 .env 里改 GUANXI_COUNTRY 和 GUANXI_CURRENCY。
init-telegram-how =
    连接 Telegram：找 @BotFather，发送 /newbot，复制它给的 token。
    不用 Telegram 就直接回车。
init-telegram-kept = 已经有 Telegram token，直接回车就保留。
init-telegram = Telegram token
init-telegram-form = 这不是完整的 token。它的样子像 123456789:AAE-Ab3…
init-telegram-checking = 正在问 Telegram……
init-telegram-works = 可以用：这是 @{ $bot }。
init-telegram-problem =
    { $problem ->
        [telegram-wrong-token] Telegram 不认识这个 token，请再从 @BotFather 复制一次。
        [telegram-webhook-set] 这是 @{ $bot }，但它的消息被发到别处（设置了 webhook）。token 先保留，启动前请去掉 webhook。
        [telegram-other-receiver] 这是 @{ $bot }，但另一个程序正在接收它的消息。token 先保留，启动前请停掉那个程序。
       *[other] 从这里连不上 Telegram。token 未经检查先保留；需要代理就设置 GUANXI_PROXY，再用 guanxi doctor 检查。
    }
init-slack-how =
    连接 Slack：guanxi slack-manifest 会说明怎样创建应用、两个 token 在哪里。
    不用 Slack 就直接回车。
init-slack-kept = 已经有 Slack token，直接回车就保留。
init-slack = Slack token（{ $begins }…）
init-slack-form = 这是另一个 token，要填的以 { $begins } 开头
init-page = 在本机浏览器里用聊天页面（y/n）
init-no-channel = Telegram、Slack 和页面都没有，就没人能和机器人说话。可以再运行一次 guanxi init。
init-overwrite = 用以上内容覆盖 { $file } 里的旧值（y/n）
init-nothing-written = 什么都没有写入。
init-written = 已写入 { $file }，只有你能读。
init-next =
    下一步：guanxi run
    它会显示一个链接，或一个发给机器人的邀请码；打开或发送后，你就是管理员。
