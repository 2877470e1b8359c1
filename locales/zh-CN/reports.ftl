# 报表：图、短表，以及每个数字背后的记录。
report =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
    .title = { $title }
report-menu = 想看哪份报表？可以加上时间和人：报表 漏斗 上月 @小李
    .title = 报表
report-period = { PERIOD($first, $last) }
report-now = 截至目前
report-until = 截至目前，预计 { DATE($last) } 前成交
report-from = { DATE($day) } 起
report-day = { $month }{ $day }日
report-month = { $year }年{ $month }
report-note =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
report-nothing = 暂时没有可统计的内容。
report-more = ……还有 { $count } 项，见“明细”
report-section = { $section }
report-line =
    { $name }：{ $count }{ $numbers ->
        [none] {""}
       *[other] （{ $numbers }）
    }{ $median ->
        [none] {""}
       *[other] {" "}· 中位 { $median }
    }{ $sums ->
        [none] {""}
       *[other] {" "}· { $sums }
    }
report-step =
    { $number }：{ $count }{ $share ->
        [none] {""}
       *[other] （{ $share }%）
    }
report-stage =
    { $name }：{ $count }{ $median ->
        [none] {""}
       *[other] {" "}· 中位停留 { $median }
    }{ $stuck ->
        [none] {""}
       *[other] {" "}· 停滞 { $stuck }
    }
report-meeting-line = { $name }：完成 { $done }，按计划跟进 { $kept }，逾期 { $overdue }，停滞 { $stuck }，未来 7 天 { $next }
report-capital = { $name }
report-number = { $number } { $count }
report-nobody = 无负责人
report-no-source = 未填来源
report-no-reason = 未填原因
report-expected-late = 已逾期
report-expected-none = 未定日期
report-too-much = { $currency } 金额过大，无法显示
report-numbers = { $period }。点一个数字，看它统计了哪些记录。
    .title = { $title }：明细
report-no-numbers = { $period }。暂时没有可统计的内容。
    .title = { $title }：明细
report-cell = { $name }：{ $count }
report-cell-name =
    { $section ->
        [none] {""}
       *[other] { $section } ·{" "}
    }{ $name ->
        [none] {""}
       *[other] { $name } ·{" "}
    }{ $number }
report-rows =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
    .title = { $name }：{ $count }
report-row =
    { $code }{ $name ->
        [none] {""}
       *[other] {" "}{ $name }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }{ $at ->
        [none] {""}
       *[other] {" "}· { $at }
    }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }
report-sheet =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
    .title = { $title }（表格）
report-nothing-counted = 这个数字现在没有对应的记录了，请重新打开报表。
no-such-report = 没有这份报表。发送“报表”查看全部。
no-such-people = 没有叫“{ $typed }”的同事或团队。试试：报表 漏斗 上月 @小李
no-such-period = 看不懂“{ $typed }”是什么时间。月份写 2026-10，日期写 2026-10-15，也可以写 第三季度、上月。
usage-report = 报表名称，可加时间和人：报表 漏斗 上月 @小李
usage-flow = 直接发送：流程，查看销售流程和卡住的地方
menu-report = 图表和数字
menu-flow = 销售流程
help-report = • 报表 漏斗 上月：看图表
button-numbers = 🔎 明细
button-rows = 查看
button-reports = 其他报表
button-sheet = ⬇ XLSX

report-funnel = 销售漏斗
report-sources = 线索来源
report-cycle = 成交周期
report-activity = 工作量
report-timeliness = 跟进及时率
report-forecast = 销售预测
report-losses = 丢单原因
report-satisfaction = 满意度
report-tickets = 工单与响应
report-needs = 客户需求
report-meeting = 例会
report-scorecard = 记分卡
report-flow = 销售流程
report-ageing = 商机停留时间

section-leads = 线索
section-deals = 商机
section-activities = 记录
section-followups = 跟进
section-tickets = 工单
section-complaints = 投诉
section-losses = 丢单
section-done = 完成
section-kept = 按计划跟进
section-overdue = 逾期
section-stuck = 停滞
section-next = 未来 7 天
section-stages = 进行中的商机
section-who = 按负责人
section-ends = 已结束

number-all = 全部
number-leads = 线索
number-deals = 商机
number-contacted = 已联系
number-qualified = 已确认
number-converted = 已转化
number-won = 赢单
number-on_time = 及时
number-late = 延迟
number-open = 未完成
number-answered = 已回复
number-in_time = 及时回复
number-answered-late = 回复超时
number-unanswered = 未回复
number-solved = 已解决
number-week = 一周内
number-month = 一个月内
number-quarter = 三个月内
number-longer = 更久
number-stuck = 停滞
number-done = 完成
number-overdue = 逾期
number-next = 未来 7 天

scorecard-halves = { PERIOD($first, $until) } → { PERIOD($from, $last) }
scorecard-on-time = 跟进及时率：{ $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-in-time = 首次回复及时率：{ $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-solved = 工单解决率：{ $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-complaints = 已解决投诉：{ $count }{ $first ->
        [none] {""}
       *[other] {" "}· 中位 { $first } → { $last }
    }
scorecard-deals = 赢单：{ $count }{ $first ->
        [none] {""}
       *[other] {" "}· 中位 { $first } → { $last }
    }

picture-chart = { $alt }
chart-alt = { $title }：{ $numbers }
review-told = { $stall }{ $source }{ $load }
chart-empty = 暂时没有可统计的内容
chart-not-drawn = 这次没能画出图，数字都在这里。
chart-share = { $share }%
chart-others = 其他
chart-median = { $span }
chart-median-days = 中位天数
chart-forecast = 销售预测（{ $currency }）
chart-topic = { $topic }（{ $section }）
chart-bottleneck = 瓶颈
chart-last-days = 近 { $count } 天
chart-people =
    { $more ->
        [none] { $names }
       *[other] { $names } +{ $more }
    }

sheet-numbers = 数字
sheet-rows = 明细
sheet-median = 中位时长
sheet-sums = 金额
sheet-code = 编号
sheet-title = 名称
sheet-owner = 负责人
sheet-at = 时间
sheet-note = 备注
sheet-amount = 金额
sheet-currency = 币种

satisfaction-csat = 星级：{ $average } / 5 · { $count } 份回答，低分 { $low }
satisfaction-nps = 推荐意愿（NPS）：{ $score } · { $count } 份回答，不推荐 { $detractors }
satisfaction-asked = 已发：{ $asked } · 已回：{ $replied }（{ $share }%）
section-csat = 星级
section-nps = 推荐意愿
section-asked = 发送
section-returns = 回访
section-customers = 客户
number-low = 低分
number-s1 = ★
number-s2 = ★★
number-s3 = ★★★
number-s4 = ★★★★
number-s5 = ★★★★★
number-promoters = 9–10
number-passives = 7–8
number-detractors = 0–6
number-replied = 已回
number-duplicate = 重复
number-returns = 回访及时
number-known = 认识 90 天以上
number-silent = 沉默 90 天
number-known_before = 期初认识 90 天以上
number-silent_before = 期初沉默 90 天
chart-average = 平均分
chart-nps = NPS
scorecard-returns = 回访及时率：{ $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-duplicates = 线索重复率：{ $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-csat = 星级：{ $before ->
        [none] –
       *[other] { $before }
    } → { $after ->
        [none] –
       *[other] { $after }
    }
scorecard-silent = 沉默 90 天的客户：{ $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }（{ $count }）
chart-followups-on-time = 跟进及时

report-due = 报表
report-own-words = 其他原因
report-scheduled =
    { $group ->
        [yes] { $name ->
            [none] 将定时发到本群
           *[other] 将定时发到“{ $name }”
        }
       *[no] 将定时发给你
    }{ $repeats ->
        [none] {""}
       *[other] ，{ $repeats }
    }，下次 { $next }{ $words ->
        [none] {""}
       *[other] {" "}· { $words }
    }{ $people ->
        [none] {""}
       *[other] {" "}· { $people }
    }
    .title = { $title }已定时 ✓
report-schedules = 以下报表会定时发送。想再加一份：在要接收的聊天里，在报表后面加“每周一9点”，或“每周一9点发到 #销售群”。
    .title = 定时报表
report-no-schedules = 还没有定时报表。在要接收的聊天里，在报表后面加“每周一9点”：报表 漏斗 上周 每周一9点。发到你发过言的群：每周一9点发到 #销售群
    .title = 定时报表
report-schedule-line =
    { $title }{ $words ->
        [none] {""}
       *[other] {" "}· { $words }
    }{ $people ->
        [none] {""}
       *[other] {" "}· { $people }
    }{ $repeats ->
        [none] {""}
       *[other] {" "}· { $repeats }
    } · { $group ->
        [lost] ⚠ 已暂停，我已不在{ $name ->
            [none] 那个群
           *[other] “{ $name }”
        }里
        [yes] 下次 { $next } · { $name ->
            [none] 发到群
           *[other] 发到“{ $name }”
        }
       *[no] 下次 { $next }
    }
report-stopped = 已停止，不再发送。
button-schedules = ⏰ 定时
button-stop-schedule = 停止
schedule-not-understood = 什么时候发？试试：报表 漏斗 上周 每周一9点
scheduled-among-guests = 群里有公司以外的人，报表不能发到这里。请在只有同事的群里设置，或单独发给我。
too-many-schedules = 已有 { $limit } 份定时报表，请先停掉一份：发送“报表”，点“定时”。
no-such-schedule = 这份定时报表已经停了。
action-report-scheduled = 设置了定时报表
action-report-stopped = 停止了定时报表

report-churn = 流失风险
report-churn-line = { $rule }：{ $count }
radar =
    { $last ->
        [none] { $why }。还没有任何记录。
       *[other] { $why }。上次联系：{ $last }。
    }
    .title = { $name } 可能要流失
radar-again = 打算怎么处理？
    .title = { $name } 可能要流失
radar-silent = 沉默 { $days } 天
radar-key-silent = 重点客户 { $days } 天没有联系
radar-rhythm = 沉默时间远超平时
radar-low-score = 近 { $days } 天打了低分
radar-unanswered = 有工单超时未回复
radar-called = 已安排电话：{ $at }
    .title = { $name }
radar-planned = 电话之前已安排：{ $at }
    .title = { $name }
radar-why-ignored = 为什么？原因会记在客户名下，同样的情况不再提醒。
    .title = { $name }
radar-ignored = 已记下：{ $reason }。同样的情况不再提醒。
    .title = { $name }
radar-because-seasonal = 季节性
radar-because-in-touch = 另有联系
radar-because-lost-already = 已经流失
radar-because-small = 不值得跟
radar-note-call = 打电话：有一阵子没联系了
radar-note-visit = 拜访
radar-note-seasonal = 流失提醒已忽略：季节性业务
radar-note-in-touch = 流失提醒已忽略：另有联系
radar-note-lost-already = 流失提醒已忽略：已经流失
radar-note-small = 流失提醒已忽略：不值得跟
button-call-today = 📞 今天打电话
button-plan-visit = 安排拜访
button-ignore = 忽略
button-stuck = { $stage }停滞 { $count }
section-words = 评价
report-churn-tried =
    { $lost ->
        [0] 近 180 天没有客户丢单，暂时无法检验这些规则。
       *[other] 回测近 180 天：丢单客户 { $lost } 家，规则会提前标出 { $lost-flagged } 家，误报 { $bought-flagged } 家。
    }
number-lost = 180 天内丢单
number-lost_flagged = 丢单前已标出
number-bought = 180 天内成交
number-bought_flagged = 已标出但成交

# Why one that was wished for did not come.
reason-customers-read-along = 那个群里有客户在看
usage-scorecard = 直接发送：记分卡；也可以加时间或同事：记分卡 本季度
usage-forecast = 直接发送：销售预测；也可以只看一个人：销售预测 @小李
menu-scorecard = 承诺与兑现
menu-forecast = 预计能卖多少
chart-flow-now = 截至目前：数量、中位停留时间、主要负责人
