# guanxi doctor: one line a finding, for whoever runs the server. A finding that is not well says what to do.
doctor-settings = Settings are complete.
doctor-setting-wrong = { $said }
doctor-setting-unknown = { $name } is not a setting and has no effect. Did you mean { $nearest }?
doctor-no-channel = No channel is set. Set GUANXI_TELEGRAM_TOKEN, GUANXI_SLACK_BOT_TOKEN or GUANXI_LOCAL_PAGE=true, or run guanxi init.
doctor-env-private = Only you can read .env.
doctor-env-open = Others on this machine can read .env, which holds secrets. Run: chmod 600 .env
doctor-telegram = Telegram: @{ $bot } answers.
doctor-telegram-unreachable =
    { $way ->
        [proxy] Telegram unreachable through GUANXI_PROXY. Check its address, and whether it runs.
        [base] Telegram unreachable: nobody answers at GUANXI_TELEGRAM_API_BASE. Check the address.
       *[direct] Telegram unreachable: set GUANXI_PROXY, for example socks5://127.0.0.1:1080
    }
doctor-telegram-wrong-token = GUANXI_TELEGRAM_TOKEN: Telegram does not know this token. Copy it again from @BotFather.
doctor-telegram-webhook-set = Telegram: a webhook is set for this bot, so another program may be using it. If so, make a bot of its own for one of them. If not, start guanxi run: it removes the webhook.
doctor-telegram-webhook-unreached = Telegram cannot reach GUANXI_TELEGRAM_WEBHOOK_URL ({ $said }). It must lead to this program from outside, by https, at port 443, 80, 88 or 8443. Without it guanxi asks Telegram itself, and needs no address.
doctor-telegram-other-receiver = Telegram: another program receives for this bot. Stop it, or make a bot of its own for it.
doctor-telegram-group-privacy = Telegram: in groups the bot sees only commands and replies to it. To change that: @BotFather, /setprivacy, Disable; then add the bot to the group again.
doctor-clock = The clock is right.
doctor-clock-off = The clock is off by { NUMBER($seconds) } seconds, and so are reminders. Switch on time synchronisation (timedatectl set-ntp true).
doctor-database = The database answers, its schema is up to date ({ $revision }).
doctor-database-empty = There is no database yet. guanxi run makes it.
doctor-database-down = GUANXI_DATABASE_URL: the database does not answer ({ $error }). Check the address and whether the server runs.
doctor-database-file = GUANXI_DATABASE_URL: the database’s file cannot be used ({ $error }). Its folder must be there and yours. A damaged file is replaced by: guanxi restore BACKUP --force
doctor-database-encoding = GUANXI_DATABASE_URL: the database keeps texts as { $encoding }, Guanxi needs UTF8. Make another one, and name that: CREATE DATABASE { $name }_utf8 TEMPLATE template0 ENCODING 'UTF8'.
doctor-schema-old-automatic = The schema is at { $revision }, the newest is { $newest }. guanxi run brings it up to date.
doctor-schema-old = The schema is at { $revision }, the newest is { $newest }. Run: guanxi backup, then guanxi db upgrade
doctor-schema-newer = The schema ({ $revision }) was made by a newer Guanxi. Update Guanxi, or restore a backup of before.
doctor-room = There is room on the disk, and Guanxi may write there.
doctor-folder-closed = Guanxi may not write to { $folder }. Give the folder to the user it runs as.
doctor-room-low = Only { NUMBER($megabytes) } MB are left on the disk of { $folder }. Make room.
doctor-files-missing =
    { $count ->
        [one] A file that people sent is missing in { $folder }.
       *[other] { NUMBER($count) } files that people sent are missing in { $folder }.
    } Set GUANXI_DATA_DIR to the one folder in which every process of this company keeps files, or restore them from a backup.
doctor-backup = The newest backup is { $file }.
doctor-backup-old =
    { $hours ->
        [one] The newest backup is an hour old.
       *[other] The newest backup is { NUMBER($hours) } hours old.
    } guanxi run makes one each day: look in its log for backup-failed.
doctor-backup-none = There is no backup yet. guanxi run makes one each day; for one now: guanxi backup
doctor-pg-dump-missing = pg_dump is not installed, so there are no backups. Install the package postgresql-client of your server’s version.
doctor-pg-dump-old = pg_dump is older than the PostgreSQL server, so there are no backups. Install the package postgresql-client of your server’s version.
doctor-calendar = The calendar knows this year and the next.
doctor-calendar-unknown =
    { $country ->
        [CN] The make-up workdays of { $year } are not known yet; weekends and statutory holidays hold. Once they are published, update Guanxi or enter them: guanxi calendar work DATE …, guanxi calendar free DATE …
       *[other] The holidays of { $year } in { $country } are not known; only weekends are free. Enter them: guanxi calendar free DATE …
    }
doctor-company = What the company set can be read.
doctor-company-unreadable = What the company set under “{ $topic }” cannot be read and counts as by default. Set it again in the chat (/settings), or: guanxi config export, correct it, guanxi config apply
doctor-people = Everybody’s hours and wishes can be read, and so can surveys and the reports that come by themselves.
doctor-person-unreadable = Something in the settings of { $name } cannot be read: the time zone ({ $zone }), the working days, or the hour of My day or of the digest. Until it is set again in the chat (/settings), what depends on it does not reach them; all others get theirs.
doctor-schedule-unreadable = A report that should come by itself cannot be read ({ $name }), and does not come. Set it up again in the chat (/report).
doctor-survey-unreadable = The survey { $name } cannot be read, and nobody is asked it. Write it anew: guanxi survey apply
doctor-port = Port { $port } is free.
doctor-port-ours = Port { $port }: guanxi run is at work there.
doctor-port-taken = GUANXI_HTTP_PORT: another program uses port { $port }. Set another port, or stop that program.
doctor-port-closed = GUANXI_HTTP_PORT: this user may not listen at port { $port }. Set one above 1023.
doctor-host-wrong = GUANXI_HTTP_HOST: { $host } is no address of this machine. Set 127.0.0.1, or 0.0.0.0 for all of them.

doctor-slack = Slack: { $bot } answers in { $team }.
doctor-slack-unreachable =
    { $way ->
        [proxy] Slack unreachable through GUANXI_PROXY. Check its address, and whether it runs.
        [base] Slack unreachable: nobody answers at GUANXI_SLACK_API_BASE. Check the address.
       *[direct] Slack unreachable: set GUANXI_PROXY, for example socks5://127.0.0.1:1080
    }
doctor-slack-wrong-bot-token = GUANXI_SLACK_BOT_TOKEN: Slack does not know this token. Copy the Bot User OAuth Token again from the app’s page OAuth & Permissions.
doctor-slack-wrong-app-token = GUANXI_SLACK_APP_TOKEN: Slack does not know this token. Copy the App-Level Token again from the app’s page Basic Information.
doctor-slack-app-scope-missing = GUANXI_SLACK_APP_TOKEN: the token lacks the scope connections:write. Generate another on the app’s page Basic Information.
doctor-slack-sockets-off = Slack: Socket Mode is off. Switch it on on the app’s page Socket Mode, or set GUANXI_SLACK_SIGNING_SECRET in place of the app token.
doctor-slack-scope-missing = Slack: the app lacks { $scopes }. Add them on the app’s page OAuth & Permissions (guanxi slack-manifest has them all), then install the app again.
doctor-slack-clock-off = The clock is off by { NUMBER($seconds) } seconds; beyond 300 Slack’s requests are refused. Switch on time synchronisation (timedatectl set-ntp true).
doctor-llm = The language model { $model } answers, in { NUMBER($milliseconds) } ms.
doctor-llm-late = The language model took longer than { $seconds } s. Cards stay as they are understood offline. A smaller model, or one nearer, helps.
doctor-llm-unreachable = The language model cannot be reached. Check GUANXI_LLM_BASE_URL: it usually ends in /v1.
doctor-llm-unfit = The language model gave nothing that can be used ({ $reason }). Check GUANXI_LLM_MODEL and GUANXI_LLM_API_KEY.
