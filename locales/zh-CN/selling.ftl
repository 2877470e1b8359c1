# 加权预测、业绩目标、服务时限。
forecast-line =
    { $name }：{ $count } 个{ $sums ->
        [none] {""}
       *[other] {" "}· { $sums }
    }{ $likely ->
        [none] {""}
       *[other] {" "}· 预计 { $likely }
    }
forecast-stage =
    { $name }：{ $count } 个{ $likely ->
        [none] {""}
       *[other] {" "}· 预计 { $likely }
    } · { $share }%，{ $whose ->
        [own] 按本人历史：{ $cases } 个赢了 { $won } 个
        [company] 按公司历史：{ $cases } 个赢了 { $won } 个
       *[set] 按设置，历史太少：{ $cases } 个
    }
chart-likely = 预计
chart-rest = 其余金额
number-came-to = 到过{ $stage }
section-ended = 近一年结束
sheet-likely = 预计
sheet-chance = 赢单率（赢/总数）
rows-left-out = ……还有 { NUMBER($count) } 行：一张表最多 { NUMBER($limit) } 行。请缩短时间，或者只看一个团队、一个人。

report-quota = 业绩目标
quota-line =
    { $name }：{ $won ->
        [none] 还没有成交
       *[other] 已成交 { $won }
    }{ $quota ->
        [none] {" "}· 没有目标
       *[other] {" "}/ 目标 { $quota }
    }{ $attained ->
        [none] {""}
       *[other] {" "}= { $attained }
    }{ $likely ->
        [none] {""}
       *[other] {" "}· 预计还有 { $likely }
    }
quota-attained =
    { $currency ->
        [none] { $share }%
       *[other] { $share }%（{ $currency }）
    }
quota-together = 合计
chart-quotas = 业绩目标（{ $currency }）
chart-quota = 目标
chart-won = 已成交
chart-attained = 目标完成率
section-quotas = 目标
section-won = 已成交
section-open = 未结束
quota-set =
    { $changed ->
        [no] 原来就是这样。
       *[yes] { $amount ->
            [none] 目标已取消。
           *[other] 目标 { $amount }。
        }
    }
    .title = { $name }，{ $month }
quotas-set =
    { $count ->
        [0] 原来就是这样。
       *[other] { $people } 人，共 { $count } 个月有变化。
    }
    .title = { $year } 年业绩目标 ✓
quota-changed =
    { $amount ->
        [none] { $who }取消了你 { $month } 的业绩目标
       *[other] { $who }给你定了 { $month } 的业绩目标：{ $amount }
    }{ $more ->
        [0] 。
       *[other] ，另有 { $more } 个月。
    }
said-quota-changed = 业绩目标有变化
button-quotas = 设定 { $year } 年
button-quota-show = 查看
quota-form = { $year } 年业绩目标
quota-field = { $name }
quota-hint = 20万 表示每个月；或者从一月起写十二个金额，没有就写“-”
quota-wrong = 请写一个金额（每月相同），或者用空格分开的十二个金额。
quota-which-month = 是哪个月？例如：/quota @Tom 2026-12 20万。整年：/quota 设置 2026
quota-nobody = 这里没有你可以设定目标的同事。
quota-below-zero = 目标不能小于 0；写 0 就是取消。
action-quotas-set = 设定业绩目标
menu-quota = 业绩目标
usage-quota = 看自己的：/quota。设定：/quota @Tom 2026-12 20万。整个团队一年：/quota 设置 2027 Sales

report-service = 服务时限
service-in-time = 首次答复及时：{ $share ->
        [none] –
       *[other] { $share }%
    }（{ $all } 张中 { $count } 张）
service-solved-in-time = 解决及时：{ $share ->
        [none] –
       *[other] { $share }%
    }（{ $all } 张中 { $count } 张）
number-not_in_time = 答复超时
number-solved_in_time = 及时解决
number-not_solved_in_time = 解决超时
chart-answered-in-time = 首次答复及时
chart-solved-in-time = 解决及时

section-entries = 记录
scorecard-entries = 记一条活动的用时：{ $first ->
        [none] –
       *[other] 中位 { $first } → { $last }
    }（{ $count } 条）

report-review = 季度复盘
chart-review = 商机停在哪里
chart-moving = 在推进
section-load = 未结束的线索
