# guanxi init: the questions on the command line.
init-yes = y
init-no = n
init-company = Company (the bot speaks in its name)
init-company-wrong = A name of 1 to { $limit } characters, please.
init-zone = Time zone (a city will do)
init-country = Holidays and phones: { $country }, money: { $currency }. GUANXI_COUNTRY and GUANXI_CURRENCY in .env say otherwise.
init-telegram-how =
    To connect Telegram: talk to @BotFather, send /newbot, and copy the token it gives you.
    Leave it empty to go on without Telegram.
init-telegram-kept = There is a Telegram token already. Leave it empty to keep it.
init-telegram = Telegram token
init-telegram-form = That is not a whole token. It looks like 123456789:AAE-Ab3…
init-telegram-checking = Asking Telegram …
init-telegram-works = It works: this is @{ $bot }.
init-telegram-problem =
    { $problem ->
        [telegram-wrong-token] Telegram does not know this token. Copy it once more from @BotFather.
        [telegram-webhook-set] This is @{ $bot }, but its messages go elsewhere (a webhook is set). The token is kept; remove the webhook before the start.
        [telegram-other-receiver] This is @{ $bot }, but another program is receiving its messages. The token is kept; stop the other program before the start.
       *[other] Telegram cannot be reached from here. The token is kept unchecked; if you need a proxy, set GUANXI_PROXY, and ask guanxi doctor.
    }
init-slack-how =
    To connect Slack: guanxi slack-manifest says how to make the app and where its two tokens are.
    Leave it empty to go on without Slack.
init-slack-kept = There are Slack tokens already. Leave it empty to keep them.
init-slack = Slack token ({ $begins }…)
init-slack-form = That is another token. This one begins with { $begins }
init-page = Chat page in the browser of this machine (y/n)
init-no-channel = Without Telegram, Slack or the page nobody can talk to the bot. You can run guanxi init again.
init-overwrite = Write these over what is in { $file } (y/n)
init-nothing-written = Nothing was written.
init-written = Written: { $file }. Only you can read it.
init-next =
    Next: guanxi run
    It prints a link to open, or a code to send to the bot: do so, and you are the admin.
