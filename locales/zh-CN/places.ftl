### 每张工单各有位置的群。
triage-chosen = 从现在起，每张新工单在这里都有自己的位置。写在下面的话只有同事看得到；用 /r 加内容回复客户。
triage-none = 还没有设置工单群。把我加进只有同事的群，在群里发送 /triage（Slack 里先 @我，再写 /triage）。
triage-state =
    { $here ->
        [yes] 新工单会出现在本群，各有自己的位置。
       *[no] 新工单会出现在 { $channel } 上选定的群，各有自己的位置。
    }
triage-looked = 已向工单群发了一条消息。稍后在这里告诉你还缺什么。
triage-checked = 工单会出现在这里。
triage-stopped = 工单不再出现在群里，在私聊中继续。
triage-lost = 我无法再向 { $channel } 上的工单群发消息。工单在私聊中继续。要重新使用群：请确认群还在、没有归档、我在群里且可以发言，然后在群里发送 /triage（Slack 里先 @我，再写 /triage）。
customers-read-along = 群里有公司以外的人，不能在这里讨论工单。请选择只有同事的群。
ticket-place =
    { $whose ->
        [none] {""}
       *[other] { $whose }{"\u000A"}
    }{ $words }
    .title = 🎫 T{ $ticket } { $title }
ticket-place-name = T{ $ticket } · { $title }
ticket-place-stands =
    { $state ->
        [resolved] { $solution ->
            [none] ✅ T{ $ticket } 已解决。
           *[other] ✅ T{ $ticket } 已解决：{ $solution }
        }
        [closed] ✔ T{ $ticket } 已关闭。
       *[other] ↩ T{ $ticket } 重新打开。
    }
ticket-place-lost = T{ $ticket } 的话题被删除或关闭了。工单在本群以回复的方式继续。
triage-found = { $channel } 上的工单群：
place-lacks-nothing = ✓ 什么都不缺。
place-lacks-topics = • 群里没有话题，工单以回复的方式排列。要让每张工单有自己的话题：在群设置里打开“话题”。
place-lacks-topic-right = • 我不能管理话题，工单以回复的方式排列。要让每张工单有自己的话题：请把我设为可以管理话题的管理员。
place-lacks-hearing = • 我只能看到对我的回复和命令。要看到全部内容：请把我设为管理员，或在 @BotFather 关闭 Group Privacy 后重新把我加进群。
place-lacks-reactions = • 我看不到表情回应。要用 ✍ 把消息变成工单：请把我设为管理员。
place-lacks-scopes = • 应用缺少这些权限：{ $scopes }。请在 OAuth & Permissions 里添加并重新安装；guanxi slack-manifest 里有全部权限。
place-is-archived = • 频道已归档。请取消归档，或在别的频道发送 /triage。
place-not-there = • 我不在群里。请把我加进群（Slack 里用 /invite），再检查一次。
ticket-heard = { $by ->
        [none] 💬 { $words }
       *[other] 💬 { $by }：{ $words }
    }
button-check = 检查
button-triage-stop = 不再用这个群
button-ticket-show = 打开
menu-triage = 工单群
usage-triage = 在只有同事的群里：/triage
said-ticket-place = 工单在群里的位置
said-ticket-heard = 客户的话，在工单的位置
said-triage-checked = 工单群检查
said-ticket-place-stands = 工单的状态，在工单的位置
said-ticket-place-lost = 话题不在了
said-triage-found = 工单群还缺什么
said-triage-lost = 工单群不可用
reason-triage-elsewhere = 工单的位置在别处，或群里有外人
reason-place-stands = 位置已经有了
reason-place-comes = 位置正在建立
reason-thread-gone = 话题被删除或关闭
reason-changed-meanwhile = 其间有了变化
reason-no-place = 群里没有它的位置
action-triage-chosen = 选定了工单群
action-triage-stopped = 停用了工单群
action-triage-lost = 工单群不可用
picked-of-colleague = { $name } 是同事。请用客户的消息开工单，或发送“工单 C7”加上内容。
reacted-words-unknown = 那条消息的内容我已经没有了。请回复那条消息并写 /ticket。
