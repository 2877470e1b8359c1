# guanxi doctor：每项一行，给维护服务器的人看；有问题的说明怎么办。
doctor-settings = 设置齐全。
doctor-setting-wrong = { $said }
doctor-setting-unknown = { $name } 不是设置项，不起作用。是不是想写 { $nearest }？
doctor-no-channel = 还没有设置渠道。请设置 GUANXI_TELEGRAM_TOKEN、GUANXI_SLACK_BOT_TOKEN 或 GUANXI_LOCAL_PAGE=true，或运行 guanxi init。
doctor-env-private = 只有你能读 .env。
doctor-env-open = 这台机器上的其他人也能读 .env，里面有密钥。请运行：chmod 600 .env
doctor-telegram = Telegram：@{ $bot } 正常。
doctor-telegram-unreachable =
    { $way ->
        [proxy] 通过 GUANXI_PROXY 连不上 Telegram：请检查代理的地址，以及它是否在运行。
        [base] 连不上 Telegram：GUANXI_TELEGRAM_API_BASE 没有应答，请检查地址。
       *[direct] 连不上 Telegram：请设置 GUANXI_PROXY，例如 socks5://127.0.0.1:1080
    }
doctor-telegram-wrong-token = GUANXI_TELEGRAM_TOKEN：Telegram 不认识这个令牌，请从 @BotFather 重新复制。
doctor-telegram-webhook-set = Telegram：这个机器人设了 webhook，可能有别的程序在用它。如果是，请给其中一个另建机器人；如果不是，运行 guanxi run，它会删掉这个 webhook。
doctor-telegram-webhook-unreached = Telegram 访问不到 GUANXI_TELEGRAM_WEBHOOK_URL（{ $said }）。这个地址要能从外网用 https 打开，通到本程序，端口是 443、80、88 或 8443。不设它也可以：guanxi 会自己去取消息，不需要公网地址。
doctor-telegram-other-receiver = Telegram：另一个程序正在接收这个机器人的消息。请停掉它，或者给它另建一个机器人。
doctor-telegram-group-privacy = Telegram：在群里机器人只看得到命令和对它的回复。要改：@BotFather，/setprivacy，Disable，然后把机器人重新拉进群。
doctor-clock = 时钟准确。
doctor-clock-off = 时钟差了 { NUMBER($seconds) } 秒，提醒也会差这么多。请打开时间同步（timedatectl set-ntp true）。
doctor-database = 数据库正常，表结构是最新的（{ $revision }）。
doctor-database-empty = 还没有数据库，guanxi run 会建立。
doctor-database-down = GUANXI_DATABASE_URL：数据库没有应答（{ $error }）。请检查地址，以及服务器是否在运行。
doctor-database-file = GUANXI_DATABASE_URL：数据库文件不能用（{ $error }）。所在文件夹要存在，并且你可以写。文件损坏时用备份替换：guanxi restore 备份文件 --force
doctor-database-encoding = GUANXI_DATABASE_URL：数据库的文字编码是 { $encoding }，Guanxi 需要 UTF8。请另建一个并改用它：CREATE DATABASE { $name }_utf8 TEMPLATE template0 ENCODING 'UTF8'。
doctor-schema-old-automatic = 表结构在 { $revision }，最新是 { $newest }。guanxi run 会自动升级。
doctor-schema-old = 表结构在 { $revision }，最新是 { $newest }。请先运行 guanxi backup，再运行 guanxi db upgrade
doctor-schema-newer = 表结构（{ $revision }）来自更新的版本。请升级 Guanxi，或恢复以前的备份。
doctor-room = 磁盘有空间，可以写入。
doctor-folder-closed = 不能写入 { $folder }，请把这个文件夹交给运行 Guanxi 的用户。
doctor-room-low = { $folder } 所在的磁盘只剩 { NUMBER($megabytes) } MB，请腾出空间。
doctor-files-missing = { $folder } 里缺少 { NUMBER($count) } 个同事发来的文件。请把 GUANXI_DATA_DIR 设为本公司所有进程共用的同一个文件夹，或从备份恢复。
doctor-backup = 最新的备份是 { $file }。
doctor-backup-old =
    { $hours ->
       *[other] 最新的备份是 { NUMBER($hours) } 小时前的。
    }guanxi run 每天会做一份，请在日志里找 backup-failed。
doctor-backup-none = 还没有备份。guanxi run 每天会做一份；现在就要一份：guanxi backup
doctor-pg-dump-missing = 没有安装 pg_dump，所以没有备份。请安装与服务器版本相同的 postgresql-client。
doctor-pg-dump-old = pg_dump 比 PostgreSQL 服务器旧，所以没有备份。请安装与服务器版本相同的 postgresql-client。
doctor-calendar = 今年和明年的日历都有。
doctor-calendar-unknown =
    { $country ->
        [CN] { $year } 年的调休还不知道，先按周末和法定节假日算。公布以后请升级 Guanxi，或自己录入：guanxi calendar work 日期 …，guanxi calendar free 日期 …
       *[other] { $country } { $year } 年的节假日还不知道，只有周末休息。请自己录入：guanxi calendar free 日期 …
    }
doctor-company = 公司设置都能读取。
doctor-company-unreadable = 公司设置“{ $topic }”读不出来，现在按默认值算。请在聊天里重新设置（/settings），或者：guanxi config export，改正后 guanxi config apply
doctor-people = 所有人的工作时间和偏好、问卷、自动发送的报表都能读取。
doctor-person-unreadable = { $name } 的设置里有一项读不出来：时区（{ $zone }）、工作日、“我的一天”的时间或日报的时间。在聊天里重新设置（/settings）之前，与此相关的消息都不会发给此人；其他人不受影响。
doctor-schedule-unreadable = 有一份自动发送的报表读不出来（{ $name }），不会再发。请在聊天里重新设置（/report）。
doctor-survey-unreadable = 问卷 { $name } 读不出来，不会再发给客户。请重新定义：guanxi survey apply
doctor-port = 端口 { $port } 空闲。
doctor-port-ours = 端口 { $port }：guanxi run 正在用。
doctor-port-taken = GUANXI_HTTP_PORT：别的程序占用了端口 { $port }。请换一个端口，或停掉那个程序。
doctor-port-closed = GUANXI_HTTP_PORT：当前用户不能使用端口 { $port }。请设一个大于 1023 的端口。
doctor-host-wrong = GUANXI_HTTP_HOST：{ $host } 不是这台机器的地址。请设为 127.0.0.1，或用 0.0.0.0 表示全部地址。

doctor-slack = Slack：{ $bot } 在 { $team } 中已应答。
doctor-slack-unreachable =
    { $way ->
        [proxy] 通过 GUANXI_PROXY 连不上 Slack：请检查代理的地址，以及它是否在运行。
        [base] 连不上 Slack：GUANXI_SLACK_API_BASE 没有应答，请检查地址。
       *[direct] 连不上 Slack：请设置 GUANXI_PROXY，例如 socks5://127.0.0.1:1080
    }
doctor-slack-wrong-bot-token = GUANXI_SLACK_BOT_TOKEN：Slack 不认识这个令牌。请在应用的“OAuth & Permissions”页重新复制 Bot User OAuth Token。
doctor-slack-wrong-app-token = GUANXI_SLACK_APP_TOKEN：Slack 不认识这个令牌。请在应用的“Basic Information”页重新复制 App-Level Token。
doctor-slack-app-scope-missing = GUANXI_SLACK_APP_TOKEN：令牌缺少 connections:write 权限。请在应用的“Basic Information”页另生成一个。
doctor-slack-sockets-off = Slack：Socket Mode 已关闭。请在应用的“Socket Mode”页打开，或改用 GUANXI_SLACK_SIGNING_SECRET。
doctor-slack-scope-missing = Slack：应用缺少权限 { $scopes }。请在应用的“OAuth & Permissions”页添加（guanxi slack-manifest 里都有），再重新安装应用。
doctor-slack-clock-off = 时钟差了 { NUMBER($seconds) } 秒；超过 300 秒 Slack 的请求会被拒绝。请打开时间同步（timedatectl set-ntp true）。
doctor-llm = 语言模型 { $model } 正常，{ NUMBER($milliseconds) } 毫秒内作答。
doctor-llm-late = 语言模型超过 { $seconds } 秒没有作答，卡片仍按离线理解的结果显示。可换更小或更近的模型。
doctor-llm-unreachable = 连不上语言模型，请检查 GUANXI_LLM_BASE_URL（通常以 /v1 结尾）。
doctor-llm-unfit = 语言模型的回答用不了（{ $reason }），请检查 GUANXI_LLM_MODEL 和 GUANXI_LLM_API_KEY。
