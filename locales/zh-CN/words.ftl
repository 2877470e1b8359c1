# 业务用词：人的角色、发生了什么、进展如何。
bot-name = { $company }助手

role-rep = 销售
role-agent = 客服
role-manager = 主管
role-admin = 管理员

record-lead = 线索
record-customer = 客户
record-contact = 联系人
record-followup = 跟进
record-opportunity = 商机
record-ticket = 工单
record-activity = 记录
record-draft = 草稿
record-staff = 同事

activity-call = 电话
activity-visit = 拜访
activity-meeting = 会面
activity-wechat = 微信
activity-message = 消息
activity-email = 邮件
activity-demo = 演示
activity-quote = 报价
activity-note = 备注
activity-check_in = 签到

lead-status-new = 新线索
lead-status-working = 跟进中
lead-status-qualified = 已确认
lead-status-converted = 已转客户
lead-status-lost = 已流失

followup-status-open = 待办
followup-status-done = 已完成
followup-status-cancelled = 已取消

stage-qualified = 已确认
stage-demo = 演示
stage-proposal = 方案报价
stage-negotiation = 商务谈判
stage-won = 赢单
stage-lost = 输单

point-phone = 电话
point-email = 邮箱
point-wechat = 微信号
point-qq = QQ
point-whatsapp = WhatsApp
point-credit_code = 统一社会信用代码
point-company = 公司名称
