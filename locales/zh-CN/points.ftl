# 客户积分：有多少、怎么来的、怎么用。

action-points-given = 已给转介绍积分
action-points-corrected = 已更正积分
action-points-looked-back = 积分：从起始日补算
action-points-redeemed = 已兑换积分
menu-points = 查看积分
usage-points = 客户编号或名称：积分 C7

# Refusals.
points-not-enough = 现有 { NUMBER($balance) } 积分，不够 { NUMBER($wanted) }。
points-no-number = 多少积分？请填不为 0 的整数。
points-reason-missing = 请写明用途或原因，会留在明细里。
points-already-referred = 介绍{ $customer }的积分已经给过了，每个新客户只算一次。
points-referred-themselves = 不能介绍自己。新客户是哪家？
points-no-referrals = 目前转介绍没有积分。主管可以设置：设置 → 公司 → 积分。
points-no-such-customer = 没找到唯一的客户“{ $typed }”。写编号就行：C7

# The staff's card.
button-points = 积分
points-card =
    { $balance ->
        [0] 目前没有积分。
       *[other] 余额：{ NUMBER($balance) }
    }
    .title = { $name }的积分 · C{ $customer }
points-given =
    已给。余额：{ NUMBER($balance) }
    .title = { $name }的积分 · C{ $customer }
points-corrected =
    已更正。余额：{ NUMBER($balance) }
    .title = { $name }的积分 · C{ $customer }
points-soon = 其中 { NUMBER($points) } 积分{ DAY($at) }到期。
points-line = { DAY($at) } · { $sign }{ NUMBER($points) } · { $what }{ $reason ->
        [none] {""}
       *[other] ：{ $reason }
    }{ $by ->
        [none] {""}
       *[other] （{ $by }）
    }{ $short ->
        [0] {""}
       *[other] ，比应计少 { NUMBER($short) }（当日上限或已用掉）
    } → { NUMBER($balance) }
points-kind-won = 商机赢单
points-kind-referral = 转介绍
points-kind-survey = 回答问卷
points-kind-corrected = 更正
points-kind-redeemed = 兑换
points-kind-expired = 到期
points-taken-back = 收回（{ $what }）
points-given-back = 退回（{ $what }）
points-give = 给转介绍积分
points-redeem = 兑换积分
points-correct = 更正
points-ask = 提交审批
points-give-form = 给{ $name } { NUMBER($points) } 积分
points-field-referred = 介绍了哪个客户？
points-hint-referred = C12 或客户名称
points-correct-form = 更正{ $name }的积分
points-field-change = 增加或减少多少
points-hint-change = 200 或 -50
points-field-why = 原因
points-redeem-form = 兑换{ $name }的积分
points-field-used = 用多少积分
points-field-for = 换什么
points-hint-for = 下一单减 50 元

# A second person.
points-redeem-asked = 已提交：{ NUMBER($points) } 积分，等另一位同事在{ $until }前审批，结果会告诉你。
points-request =
    { $who ->
        [none] 有人
       *[other] { $who }
    }申请兑换 { NUMBER($points) } 积分。
    .title = { $name }的积分 · C{ $customer }
points-request-for = 用途：{ $reason }
points-request-balance = 现有余额：{ NUMBER($balance) }
points-request-approved = { $who ->
        [none] 审批人
       *[other] { $who }
    }已同意：{ $name }用掉 { NUMBER($points) } 积分。
points-request-declined = { $who ->
        [none] 审批人
       *[other] { $who }
    }没有同意：{ $name }的 { NUMBER($points) } 积分保留。
points-request-expired = { $name }的 { NUMBER($points) } 积分没有人及时审批，积分保留，请重新提交。
points-in-short = { $name }的 { NUMBER($points) } 积分 · C{ $customer }

# What the customer reads.
points-yours =
    { $balance ->
        [0] 您目前没有积分。
       *[other] 您有 { NUMBER($balance) } 积分。
    }
    .title = { $name }的积分
points-yours-won = 下单
points-yours-referral = 推荐新客户
points-yours-survey = 感谢您的回答
points-yours-corrected = 更正
points-yours-redeemed = 兑换
points-yours-expired = 到期
points-how = { $name ->
        [none] 想兑换的话，直接在这里告诉我们您想要什么。
       *[other] 想兑换的话，直接在这里告诉我们您想要什么，{ $name }会为您安排。
    }
points-for-customers = 积分属于我们的客户，目前还不知道您是哪一家。如果收到过邀请码，请发到这里。
points-none-here = 我们目前没有积分，谢谢您的关心。

# Settings.
topic-points = 积分
points-rate = { NUMBER($amount) } { $currency }
setting-points-since = 从哪天开始
setting-points-won = 赢单：每满多少得 1 分
setting-points-referral = 转介绍得分
setting-points-survey = 回答问卷得分
setting-points-most-a-day = 每个客户每天最多
setting-points-most-a-person = 每个人每天最多
setting-points-months = 几个月后到期
setting-points-no-since = 未开启
setting-points-no-points = 没有
setting-points-no-limit = 不限
setting-points-no-end = 不到期
setting-hint-points-since = 2026-12-01；留空则不用积分
setting-hint-points-won = CNY 100, USD 15
effect-points = { $on ->
        [yes] 从那天起按这些规则计算，客户已有的积分不变。
       *[no] 不再产生新积分，客户已有的积分保留，仍可兑换。
    }
wrong-points-day = 请写日期，例如 2026-12-01；留空则关闭积分。
wrong-points-rates = 请写币种和金额：CNY 100, USD 15
wrong-points-number = 请填 0 到 1000000 的整数。
wrong-points-months = 请填 0 到 120 的整数（月）；填 0 表示不到期。

# What the doctor says.
doctor-points = 积分：{ NUMBER($count) } 个账户，明细与余额一致。
doctor-points-wrong = 有 { $count } 个客户的积分对不上：{ $customers }（{ $faults }）。请恢复备份，或说明之前发生了什么并反馈给我们。
