### 问卷：问客户什么，客户怎么答，同事看到什么。
menu-survey = 问客户，看结果
usage-survey = 单独发送看列表。问卷 发送 csat C7：发给客户；问卷 结果 csat：看结果
kind-surveys = 客户的低分

# 自带的模板
survey-of-csat-title = 服务满意度
survey-of-csat-ask = 您对我们这次的服务满意吗？
survey-of-csat-low = 很不满意
survey-of-csat-high = 很满意
survey-of-csat-bad = 非常抱歉。请问哪里没做好？写几个字就行，不写也没关系。
survey-of-csat-good = 很高兴帮到您。还有哪里可以做得更好吗？
survey-of-visit-title = 拜访满意度
survey-of-visit-ask = 您对我们这次的拜访满意吗？
survey-of-first-week-title = 第一周
survey-of-first-week-ask = 用了这几天，您对我们满意吗？
survey-of-nps-title = 是否愿意推荐
survey-of-nps-ask = 您有多大可能把我们推荐给同事或朋友？
survey-of-nps-low = 完全不会
survey-of-nps-high = 非常愿意
survey-of-nps-bad = 您说得很坦率，这对我们很有帮助。您最希望我们改进什么？
survey-of-nps-fair = 要让您更满意，我们还差什么？
survey-of-nps-good = 能得到您的认可，我们很高兴。您最看重我们哪一点？
survey-of-wishes-title = 改进建议
survey-of-wishes-ask = 想请教您两个小问题，看看我们还能怎么改进。方便占用您一分钟吗？
survey-of-wishes-what = 您希望我们先改进哪一方面？
survey-of-wishes-what-quality = 质量
survey-of-wishes-what-speed = 速度
survey-of-wishes-what-service = 服务
survey-of-wishes-what-price = 价格
survey-of-wishes-what-nothing = 都挺好
survey-of-wishes-more = 具体怎么做对您更有帮助？
survey-of-needs-title = 需求了解
survey-of-needs-ask = 这条线索需要什么？答案会记在线索上。
survey-of-needs-what = 他们想解决什么问题？
survey-of-needs-people = 有多少人使用？
survey-of-needs-start = 希望什么时候开始？
survey-of-needs-budget = 有预算吗？
survey-of-needs-budget-fixed = 有，已定
survey-of-needs-budget-open = 还没定
survey-of-needs-budget-unknown = 不清楚
survey-of-needs-decides = 谁来拍板？
survey-of-needs-others = 有没有在看别家？
survey-of-needs-others-yes = 有
survey-of-needs-others-no = 没有
survey-of-needs-who-else = 哪几家？

# 客户看到的
survey-question =
    { $names ->
        [none] { $ask }
       *[other] { $names }：{ $ask }
    }
survey-csat = { survey-question }
survey-visit = { survey-question }
survey-nps = { survey-question }
survey-form = { survey-question }
survey-about = 关于您的请求「{ $title }」。
survey-scale = { $first } = { $low }，{ $last } = { $high }
survey-so-far =
    { $count ->
       *[other] 已有 { $count } 人回答，平均 { $mean } 分
    }
survey-score =
    { $word ->
        [none] { $score }
       *[other] { $score } { $word }
    }
survey-scored =
    { $ask ->
        [none] 谢谢您的 { $score } 分（满分 { $top }）。
       *[other] 谢谢您的 { $score } 分（满分 { $top }）。{ $ask }
    }
survey-thanked =
    { $thanks ->
        [none] 谢谢您！您打了 { $score } 分（满分 { $top }），并留言：{"\u000A"}「{ $comment }」
       *[other] { $thanks }{"\u000A"}{ $score } 分（满分 { $top }），「{ $comment }」
    }
survey-comment-kept = 谢谢您，已记在您打的 { $score } 分后面，我们会认真看。
survey-request-made = 这已经是一个请求，我们正在处理。
survey-not-now = 没关系。您有空的时候再开始也行。
survey-step = { $number }. { $ask }
    { $type ->
        [number] （请输入数字。）
        [date] （请输入日期，例如 12月1日 或 下周五。）
        [text] （直接输入就行。）
       *[choice] {""}
    }
survey-said = • { $ask } { $value }
survey-finished =
    { $thanks ->
        [none] 谢谢您，这对我们很有帮助！
       *[other] { $thanks }
    }
survey-kept-with-lead = 已记在线索上。{ $thanks ->
        [none] {""}
       *[other] { $thanks }
    }
survey-changed = { $words }
    —— { $company } { $by }
    .title = 您之前提的意见，我们做了这些改进：
button-survey-begin = 开始
button-survey-no = 暂时不了
button-survey-change = 改一下
button-survey-choice = { $label }

# 拒绝
survey-not-found = 没有叫「{ $name }」的问卷。发送“问卷”看列表。
survey-not-yours = 这个问题是问另一位的，以对方的回答为准。
survey-gone = 这个问题已撤回，仍然谢谢您！
survey-expired = 谢谢您！这个问题已过期，不能再回答了。
survey-answered =
    { $score ->
        [none] 您已经回答过了，谢谢！
       *[other] 您已经回答过了（{ $score } 分），谢谢！
    }
survey-nobody = 没有可以问的人：对方没有和我们聊过、不想被问，或者正在等投诉的处理结果。
survey-nobody-there = 我在那个群里还没见过客户的人。等有人在群里说过话，就可以问了。
survey-asked-lately = 前不久刚问过 { $name }。{ $until } 之后才能再问。
survey-for-leads = 「{ $name }」是给线索用的：请发送“需求 L12”填写。
survey-wrong-answer =
    { $kind ->
        [number] { $least ->
            [none] 请输入数字{ $most ->
                [none] 。
               *[other] ，最大 { $most }。
            }
           *[other] 请输入数字，最小 { $least }{ $most ->
                [none] 。
               *[other] ，最大 { $most }。
            }
        }
        [date] 看不懂这个日期。例如：12月1日、下周五。
        [choice] 请从下面选一个。
       *[text] 请写几个字。
    }
survey-bad-definition = 这还不是一份问卷{ $where ->
        [none] {""}
       *[other] （{ $where }）
    }：{ $why }{ $line ->
        [none] {""}
       *[other] [第 { $line } 行]
    }

# 经理看到的
survey-list = 我们问客户的内容。看其中一份：/问卷 csat
    .title = 问卷
survey-line = { $name } – { $title } · { $state }
survey-state-on = 自动发送
survey-state-paused = 已暂停
survey-state-hand = 手动发送
survey-state-lead = 给线索用
survey-one =
    「{ $ask }」
    { $state }；{ $days } 天内可以回答{ $edition ->
        [none] 。这是自带的，可以随意修改。
       *[other] 。第 { $edition } 版。
    }
    .title = { $name }：{ $title }
survey-is-paused = 已暂停：恢复之前不会自动问任何人。
    .title = { $name }：{ $title }
survey-is-on = 已恢复自动发送。
    .title = { $name }：{ $title }
survey-question-line = { $number }. { $ask }
survey-rule = ⏱ { $rule }{ $grades ->
        [none] {""}
       *[other] {" "}· { $grades } 级
    }{ $one_in ->
        [1] {""}
       *[other] {" "}· 每 { $one_in } 位问一位
    }
survey-when-ticket_closed = 工单关闭后{ $delay ->
        [none] {""}
       *[other] { $delay }
    }
survey-when-activity = 记录了「{ $kind ->
        [none] –
       *[other] { WORD($kind, of: "activity") }
    }」之后{ $delay ->
        [none] {""}
       *[other] { $delay }
    }
survey-when-lead_converted = 线索转成客户后{ $delay ->
        [none] {""}
       *[other] { $delay }
    }
survey-when-first_days =
    { $count ->
       *[other] 成为客户 { $count } 天后
    }
survey-when-every_months =
    { $count ->
        [1] 每月
       *[other] 每 { $count } 个月
    }
survey-when-later = { $on }：先留着名字，暂时不起作用
survey-test =
    { $question }
    （这是试发：您的回答不计入结果。）
survey-whom-of = 「{ $name }」要问 { $customer } 的哪一位？
survey-sent =
    { $contact ->
        [none] 「{ $name }」已发出。
       *[other] { $later ->
            [none] 「{ $name }」已发给 { $contact }。
           *[other] 「{ $name }」会在对方方便的时间发给 { $contact }：你这边的 { $later }。
        }
    }
survey-sent-group =
    { $count ->
       *[other] 「{ $name }」发到群{ $title ->
            [none] 里，问其中 { $count } 位。
           *[other] {" "}{ $title }，问其中 { $count } 位。
        }
    }{ $later ->
        [none] {""}
       *[other] 会在对方方便的时间发出：你这边的 { $later }。
    }
button-survey-now = 现在就发
survey-nothing-waits = 已经发出或撤回了，不用再发。
button-survey-try = 发给我试试
button-survey-pause = 暂停
button-survey-resume = 自动发送
button-survey-group = 在群 { $title } 里

# 低分
survey-low = { $customer ->
        [none] {""}
       *[other] { $customer }{" "}
    }{ $contact ->
        [none] 客户
       *[other] { $contact }
    } 打了 { $score } 分（满分 { $top }）：{ $title }
    .title = ⚠ 低分
survey-low-no-more = { $customer ->
        [none] {""}
       *[other] { $customer }{" "}
    }{ $contact ->
        [none] 客户
       *[other] { $contact }
    } 改打了 { $score } 分（满分 { $top }）：{ $title }
    .title = 分数变好了
survey-low-words = 「{ $words }」
survey-low-followup = 由 { $owner } 处理，截止 { $when }。
survey-low-done = { $owner } 已处理。
survey-low-cancelled = { $owner } 取消了这次跟进。
survey-offer = { $customer ->
        [none] {""}
       *[other] { $customer }{" "}
    }{ $contact ->
        [none] 客户
       *[other] { $contact }
    } 打了 { $score } 分（满分 { $top }），你已处理。要告诉对方改进了什么吗？按「发送」之前不会发出任何内容。
    .title = 告诉客户？
survey-ask-changed = 为{ $contact ->
        [none] 对方
       *[other] {" "}{ $contact }{" "}
    }改进了什么？直接输入，发出前会先给你看。
survey-tell-draft = { $preview }
    .title = 将发给{ $contact ->
        [none] 客户
       *[other] {" "}{ $contact }
    }：
survey-told = 正在发给{ $contact ->
        [none] 客户
       *[other] {" "}{ $contact }
    }：
    { $preview }
survey-not-told = 好的，不告诉{ $contact ->
        [none] 对方
       *[other] {" "}{ $contact }
    }。
button-survey-tell = 写给对方
button-survey-quiet = 不用了

reason-expired = 问题已过期
reason-survey-paused = 问卷已暂停
reason-ticket-reopened = 工单又打开了
reason-answered-better = 对方改成了更高的分

action-survey-defined = 修改问卷
action-survey-paused = 暂停问卷
action-survey-resumed = 恢复问卷
action-survey-sent = 发送问卷
action-survey-tried = 试发问卷
action-survey-begun = 开始填写需求
action-survey-answered = 回答问卷
action-survey-commented = 问卷留言
action-survey-comment-taken-back = 留言转为请求
action-survey-told = 告诉客户改进
action-surveys-planned = 安排问卷

# 结果
button-survey-results = 结果
button-survey-low = 低分
button-survey-export = 导出表格
survey-results =
    { $sent ->
        [0] 最近 { $days } 天没有问过任何人。
       *[other] 最近 { $days } 天：问了 { $sent } 人，{ $answered } 人回答{ $rate ->
            [none] 。
           *[other] （{ $rate }%）。
        }
    }
    .title = { $name }：{ $title }
survey-satisfied = 4–5 分：{ $share }% · 平均 { $mean } 分
survey-nps-score = NPS { $nps }（9–10 分减 0–6 分）
survey-spread-line = { $scores }
survey-spread = { $score } 分 { $count }
survey-choices = { $ask } { $chosen }
survey-chosen = { $label } { $count }
survey-ranking = 按同事：{ $people }
survey-ranked = { $name } { $mean }（{ $count }）
survey-no-ranking = 至少两位同事各有 { $fewest } 个回答后才做比较。
survey-comment-line = { $low ->
        [yes] ⚠
       *[other] •
    } { $score } 分「{ $words }」– { $customer ->
        [none] {""}
       *[other] { $customer }{" "}
    }{ $who }
survey-trend = { $title }，按周
survey-trend-note =
    { $count ->
       *[other] 平均分，{ $days } 天内 { $count } 个回答
    }
survey-spread-title = { $title }：各分数有多少人
survey-spread-answers = 回答
survey-spread-note =
    { $count ->
       *[other] { $days } 天内 { $count } 个回答
    }
survey-week = { DAY($day) } { $mean }
survey-mean = 平均分
survey-last-days = 最近 { $count } 天
survey-low-list =
    { $count ->
        [0] 没有低分，做得好！
       *[other] { $count } 个低分：
    }
    .title = { $name }
survey-low-line = { $score } 分 – { $customer ->
        [none] {""}
       *[other] { $customer }{" "}
    }{ $who } · { $at ->
        [none] {""}
       *[other] { DAY($at) }
    }{ $words ->
        [none] {""}
       *[other] {" "}·「{ $words }」
    }{ $state ->
        [open] {" "}· 处理中
        [done] {" "}· 已处理
       *[other] {""}
    }
survey-exported =
    { $count ->
       *[other] 「{ $name }」：共问了 { NUMBER($count) } 人，第二张表每人一行。
    }
survey-sheet-answers = 回答
survey-sheet-sent = 已问
survey-sheet-answered = 已回答
survey-sheet-satisfied = 4–5 分
survey-sheet-promoters = 推荐者（9、10）
survey-sheet-detractors = 贬损者（0–6）
survey-sheet-from = 下限 %（95%）
survey-sheet-to = 上限 %（95%）
survey-sheet-asked = 发问时间
survey-sheet-answered-at = 回答时间
survey-sheet-customer = 客户
survey-sheet-contact = 联系人
survey-sheet-about = 关于
survey-sheet-edition = 版本
survey-sheet-score = 分数
survey-sheet-comment = 留言

# 在聊天里定义
button-survey-new = 新建问卷
button-survey-send = 发送
button-survey-grade = { $grade } 级
button-survey-all = 全部
form-survey-new = 新建问卷
form-survey-edit = 修改 { $name }
label-survey-name = 名称
hint-survey-name = 简短的小写英文，方便输入：csat、fair-2027
label-survey-kind = 类型
label-survey-title = 标题
label-survey-ask = 问题
label-survey-low-end = 最低分的文字
label-survey-high-end = 最高分的文字
label-survey-bad = 低分之后问
label-survey-good = 高分之后问
label-survey-questions = 表单的问题，每行一个
hint-survey-questions = 多少人用？| 数字 – 哪个版本？* | 基础、专业 – 为什么？| 文字 | 如果 2 = 专业
label-survey-rules = 自动发送的时机，每行一个
hint-survey-rules = ticket_closed 1h – activity visit 2h – every_months 3 A B – first_days 7 1/10
label-survey-days = 几天内可以回答
survey-kind-csat = 满意度，1 到 5
survey-kind-nps = 推荐度，0 到 10
survey-kind-form = 问题表单
survey-kind-lead = 线索用表单
survey-name-taken = 已有叫「{ $name }」的问卷。要修改请发送：问卷 修改 { $name }。
survey-is-saved = 已保存。之前发出的保持原来的文字。
    .title = { $name }：{ $title }

# 发给多人
survey-whom = 「{ $name }」要问谁？问某个客户或联系人请发送：问卷 发送 { $name } C7。
survey-all-customers = 全部客户
survey-segment =
    「{ $name }」发给{ $whom }：聊天里的 { $reached }{ $open ->
        [yes] +
       *[no] {""}
    } 人中，现在可以问 { $free } 人。{ $names ->
        [none] {""}
       *[other] 前几位：{ $names }。
    }工作日 9:30–11:30 和 14:00–19:00 发出。
survey-left-out = { $count } 人：{ $why }
survey-sending = 「{ $name }」正在准备，好了告诉你。
survey-sent-many =
    { $count ->
       *[other] 「{ $name }」将发给 { NUMBER($count) } 人。
    }
action-survey-sent-to-many = 批量发送问卷

# 需求
menu-needs = 了解线索的需求
usage-needs = 线索编号：需求 L12
needs-which = 给 { $lead } 填哪一份？

# 在 /why 里。
said-survey-csat = 服务满意度问卷
said-survey-visit = 拜访满意度问卷
said-survey-nps = 推荐意愿问卷
said-survey-form = 一份表单
said-survey-low = 低分提醒
said-survey-low-told = 低分提醒
said-survey-offer = 要不要告诉客户改进了什么
said-survey-changed = 告知客户的改进
