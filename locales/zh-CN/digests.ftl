# 团队日报：自上次看过以来的变化，最多五行，以及各按钮。
digest =
    { $since }{ $logged ->
        [0] {""}
       *[other] {" "}· 记录 { $logged } 条（{ $names }）
    }{ $new ->
        [0] {""}
       *[other] {" "}· 新线索 { $new } 条
    }
    .title = 团队情况
digest-week =
    { $since }{ $logged ->
        [0] {""}
       *[other] {" "}· 记录 { $logged } 条（{ $names }）
    }{ $new ->
        [0] {""}
       *[other] {" "}· 新线索 { $new } 条
    }
    .title = 团队一周
digest-quiet =
    { $since }，团队没有需要你处理的事 ✓{ $logged ->
        [0] {""}
       *[other] {" "}· 记录 { $logged } 条（{ $names }）
    }{ $new ->
        [0] {""}
       *[other] {" "}· 新线索 { $new } 条
    }
digest-since-clock = { CLOCK($at) } 以来
digest-since-day = { DAY($at) }以来
digest-since-weekday = { $day }以来
digest-weekday-1 = 星期一
digest-weekday-2 = 星期二
digest-weekday-3 = 星期三
digest-weekday-4 = 星期四
digest-weekday-5 = 星期五
digest-weekday-6 = 星期六
digest-weekday-7 = 星期日
digest-low =
    ☹ 低分：{ $count }{ $open ->
        [yes] +
       *[other] {""}
    } · { $records }{ $left ->
        [0] {""}
       *[other] ，还有 { $left } 个
    }
digest-danger =
    ⏰ 服务时限告急 { $count }{ $open ->
        [yes] +
       *[other] {""}
    } 张 · { $records }{ $left ->
        [0] {""}
       *[other] {" "}等，另有 { $left } 张
    }
digest-overdue =
    逾期：{ $names }{ $asked ->
        [yes] {" "}· 已催办 ✓
       *[other] {""}
    }
digest-unassigned =
    待分配线索 { $count }{ $open ->
        [yes] +
       *[other] {""}
    } 条 · { $records }
digest-slipped =
    商机延期：{ $records }{ $left ->
        [0] {""}
       *[other] {" "}等，另有 { $left } 个
    }{ $asked ->
        [yes] {" "}· 已询问 ✓
       *[other] {""}
    }
digest-risk =
    有流失风险，还没人联系：{ $records }{ $left ->
        [0] {""}
       *[other] {" "}等，另有 { $left } 条
    }{ $asked ->
        [yes] {" "}· 已催办 ✓
       *[other] {""}
    }
digest-won =
    🎉 赢单：{ $records }{ $left ->
        [0] {""}
       *[other] {" "}等，另有 { $left } 个
    }{ $asked ->
        [yes] {" "}· 已祝贺 ✓
       *[other] {""}
    }
digest-of = { $name } { $count }
digest-record-low = { $name }
digest-record-danger =
    { $name }，{ AGO($at) }{ $owner ->
        [none] ，无人处理
       *[other] （{ $owner }）
    }
digest-record-overdue = { $owner }：{ $name }，{ AGO($at) }
digest-record-unassigned = { $name }
digest-record-slipped = { $name }（{ $owner }，{ DAY($on) }）
digest-record-risk = { $name }（{ $owner }）
digest-record-won =
    { $name }{ $amount ->
        [none] {""}
       *[other] {" "}{ $amount }
    }（{ $owner }）
digest-name-low = 低分
digest-name-danger = 服务时限告急
digest-name-overdue = 逾期
digest-name-unassigned = 待分配线索
digest-name-slipped = 商机延期
digest-name-risk = 有流失风险
digest-name-won = 赢单
digest-open = 打开
digest-show = 查看
digest-record = { $section } · { $what }
digest-more = { $section } · 还有更多
digest-list =
    共 { $count }{ $open ->
        [yes] +
       *[other] {""}
    } 项
    .title = { $section }
digest-details = { $since }
    .title = 团队详情
digest-person =
    { $name }：{ $kinds ->
        [none] 没有记录
       *[other] { $kinds }
    }{ $overdue ->
        [0] {""}
       *[other] {" "}· 逾期 { $overdue } 条
    }
digest-kind = { $kind } { $count }
button-nudge = 催办
button-ask-why = 问原因
button-praise = 祝贺
button-team-digest = 团队情况
digest-asked-overdue = 已提醒 { $names } ✓
digest-asked-risk = 已提醒 { $names } ✓
digest-asked-slipped = 已询问 { $names } ✓ 回答会以评论发给你。
digest-take-over = 我来处理
digest-taken-over = { $name } 现在由你跟进 ✓
digest-none-to-take = 都已处理，或已由你跟进。
digest-asked-won = 已向 { $names } 表示祝贺 ✓

# 分配无人负责的线索。
digest-assign =
    { $name } 交给谁？{ AGO($at) }进来的。{ $left ->
        [0] {""}
       *[other] 还有 { $left } 条待分配。
    }
button-person-load = { $name } · 在跟 { $count } 条
digest-assigned = { $name } → { $owner } ✓
digest-lead-taken = { $name } 刚才已经有人接了。

# 主管从日报发问时，同事看到的。
nudged-overdue =
    { $by ->
        [none] 还剩 { $count } 条。
       *[other] { $by } 想了解这 { $count } 条逾期跟进：
    }
    .title = 逾期跟进
nudged-nothing-left = 已经没有逾期的了 ✓
    .title = 逾期跟进
nudged-risk = { $by } 提醒：这 { $count } 条线索还没人联系。
    .title = 有流失风险
nudged-lead = { $name }
slip-asked = { $by } 想知道这 { $count } 个商机为什么延期。
    .title = 商机延期
slip-line = { $name } · 原定 { DAY($on) }
button-say-why = 说明原因
slip-why = { $name } 为什么延期？你接下来的话会发给 { $by }，并记入客户的历史。
slip-answered = 谢谢，{ $by } 已收到你的回答 ✓
praised = { $by } 祝贺你拿下 { $count } 单：{ $names } 🎉
    .title = 干得漂亮

# 什么时候发、包含什么。
digest-settings = 点一下立即生效。
    .title = 我的日报
digest-set-at = { CLOCK($at) } 发送
digest-set-days = { $days } 发送
digest-set-weekly =
    { $day ->
        [none] 不做一周小结
       *[other] { $day }做一周小结
    }
digest-set-threshold =
    { $count ->
        [one] 有 { $count } 条逾期就提示
       *[other] 逾期满 { $count } 条才提示
    }
digest-toggle =
    { $on ->
        [yes] ✓ { $name }
       *[other] { $name }
    }
digest-days-button = 星期
digest-ask-days = 日报在 { $days } 发送。
digest-form = 我的日报
digest-field-at = 发送时间
digest-hint-at = 留空：上班前半小时
digest-field-weekly = 星期几做一周小结
digest-never = 不做
digest-field-threshold = 逾期满几条才提示？
digest-wrong-threshold = 请填 1 到 { $most } 的数字。
kind-digest = 团队日报
said-digest = 团队日报
said-nudged-overdue = 关于逾期的询问
said-nudged-risk = 关于流失风险的提醒
said-slip-asked = “为什么延期？”
said-praised = “干得漂亮”

# 每天的消息上限。
settings-noise = 每天最多 { $count } 条消息；超过后，评论和消息留到“我的一天”
settings-noise-button = 每天 { $count } 条
reason-noise-budget = 当天消息已够多，留到“我的一天”

# 图。
digest-chart-button = 📊
digest-chart = { $since }
    .title = 团队一图
digest-satisfaction = { "" }
    .title = 客户满意度
said-digest-satisfaction = 客户满意度图
digest-chart-title = 每人的记录与逾期
digest-chart-logged = 记录
digest-chart-alt =
    记录：{ $logged ->
        [none] 无
       *[other] { $logged }
    }。逾期：{ $overdue ->
        [none] 无
       *[other] { $overdue }
    }。
said-digest-chart = 团队一周的图
digest-assign-button = 分配
