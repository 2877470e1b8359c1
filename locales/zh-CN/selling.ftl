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
       *[set] { $cases ->
            [0] 按设置，到过这里的商机还没有结束的
           *[other] 按设置，到过这里并已结束的商机只有 { $cases } 个
        }
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
        [none] { $who } 取消了你 { $month } 的业绩目标
       *[other] { $who } 给你定了 { $month } 的业绩目标：{ $amount }
    }{ $more ->
        [0] 。
       *[other] ，另有 { $more } 个月。
    }
said-quota-changed = 业绩目标有变化
button-quotas = 设定 { $year } 年
button-quota-show = 查看
quota-form = { $year } 年业绩目标
quota-form-cut = 按姓名只列前 { $limit } 人，还有 { $count } 人不在这里。可以只看一个团队或一个人：指标 设置 { $year } Sales
quota-field = { $name }
quota-hint = 20万 表示每个月；或者从一月起写十二个金额，没有就写“-”
quota-wrong = 请写一个金额（每月相同），或者用空格分开的十二个金额。
quota-which-month = 是哪个月？例如：指标 @Tom 2026-12 20万。整年：指标 设置 2026
quota-nobody = 这里没有你可以设定目标的同事。
quota-below-zero = 目标不能小于 0；写 0 就是取消。
action-quotas-set = 设定业绩目标
menu-quota = 业绩目标
usage-quota = 看自己的：指标。设定：指标 @Tom 2026-12 20万。整个团队一年：指标 设置 2027 Sales

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

review-stall = 商机停在“{ $stage }”：{ $all } 个里有 { $stuck } 个两周以上没有动{ $median ->
        [none] {""}
       *[other] {" "}· 中位停留 { $median }
    }。
review-no-stall = 停滞的商机：每个阶段都不到 { $least } 个，看不出规律。
review-source =
    “{ $best }”最见效：{ $leads } 条线索已成交 { $won } 条{ $worst ->
        [none] 。线索同样多而没有成交的来源，一个也没有。
       *[other] 。“{ $worst }”：{ $lost } 条里一条也没有。
    }
review-no-source = 哪些来源见效：这段时间没有哪个来源既有 { $least } 条线索又有成交，还说明不了什么。
review-load = { $name } 有 { $count } 条未结束的线索，其他人的中位数是 { $typical } 条{ $late ->
        [none] 。
       *[other] ，还有 { $late } 个跟进已逾期。
    }
review-no-load = 谁太忙：没有人既有 { $least } 条以上未结束的线索，又比其他人多很多。
button-review-plan = 每个都安排跟进
button-review-source = 不再提供这个来源
button-review-give = 没动过的线索给 { $to }，最多 { $count } 条
review-note = 这个商机停了一段时间：下一步是什么？
review-planned =
    { $count ->
        [0] 都已经安排了跟进。
       *[other] 已安排 { $count } 个跟进，在各位负责人的下一个工作日。
    }
    .title = { $stage }
review-given =
    { $count ->
        [0] { $name } 没有还没动过的线索，什么都没有移动。
       *[other] { $count } 条线索从 { $name } 转给 { $to }，已通知对方，等对方接收。
    }
review-changed = 情况已经变了。请再发一次“复盘”。
action-stuck-followed-up = 为停滞的商机安排跟进
menu-review = 季度复盘
usage-review = 可以加季度和同事：复盘 Q3 @小李
