# 申请加入的同事，以及其他需要另一个人同意的事。
member-welcome =
    { $name ->
        [none] 你好！
       *[other] { $name }，你好！
    }我替 { $company } 的团队记客户：告诉我发生了什么，我会记住并提醒你。你在这里做什么？管理员点一下就能让你加入。
button-join-as = 以{ $role }身份加入
join-waiting =
    已申请：你的角色是{ $role }。有了答复，我会在这里告诉你。{ $admins ->
        [none] {""}
       *[other] 可以批准的人：{ $admins }。
    }
join-asked =
    让{ $name ->
        [none] 对方
       *[other] { $name }
    }加入吗？
    .title =
    { $name ->
        [none] 有人
       *[other] { $name }
    }申请以{ $role }身份加入
join-channel = 来自：{ $channel }
join-zone = 时区：{ $zone }
join-namesake = 团队里已有 { $name }（{ $role }）。是同一个人吗？是的话就关联。
button-link-to = 关联到 { $name }
button-decline = 拒绝
join-what =
    { $name ->
        [none] 有人
       *[other] { $name }
    }，角色{ $role }
join-declined =
    { $name ->
        [none] {""}
       *[other] { $name }，
    }暂时不能让你加入。如果弄错了，请找管理员。
join-expired =
    { $name ->
        [none] {""}
       *[other] { $name }，
    }三天没有人答复。要再申请一次吗？

approval-is-approved = { $who } 已同意：{ $what } · { $at }
approval-is-declined = { $who } 已拒绝：{ $what } · { $at }
approval-is-expired =
    没有人及时答复：{ $what } · { $at }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
approval-not-found = 这里没有需要你决定的事。
approval-closed = 这件事已经有人决定了。
approval-expired = 等得太久，已经失效，需要重新申请。
declined-lately = 这项申请已被拒绝，{ $again_at } 之后可以再申请。
asker-left = 提出申请的 { $name } 已经离开，不会发出任何内容。可以拒绝，也可以不处理，到期自动失效。
own-request = 这是你自己提出的，要由别人来决定。
nobody-to-approve = 这里还没有人能决定这件事。
reason-decided-meanwhile = 之前已经有人决定
said-approval-card = 等你批准的申请
said-approval-answered = 申请的结果

action-approval-asked = 申请批准
action-approval-approved = 已同意
action-approval-declined = 已拒绝
action-approval-expired = 无人及时答复
action-join-approved = 让同事加入
