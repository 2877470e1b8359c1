# 导出全部客户：需要第二个人同意。
menu-export = 导出全部客户
usage-export = 全部客户的表格：导出 客户
export-asked = 已提交。另一位主管或管理员最晚 { $until } 前确认，之后表格会发到这里。
export-request = { $name } 想把自己能看到的全部客户导出为表格，含电话和邮箱。
    .title = 导出全部客户
export-in-short = { $name } 导出全部客户
export-ready = 这是你能看到的全部客户。请妥善保管：谁申请、谁同意，都已记入审计。
export-declined = { $name ->
        [none] 有同事
       *[other] { $name }
    } 没有同意导出全部客户。
export-expired = 三天没人回复，导出没有进行。要再问一次吗？
nobody-else-to-approve = 导出全部客户需要第二个人同意，而目前没有别的主管或管理员。可以请管理员在“团队”里再设一位主管或管理员，或请管理服务器的人运行：guanxi export
button-export-again = 再问一次
roles-decides-export = 谁导出全部客户
export-heading = 客户
export-people = 联系人
export-cut = 还有更多：一个表格最多 { $limit } 个客户。在服务器上运行 guanxi export 可导出全部。
export-head-code = 编号
export-head-name = 名称
export-head-short-name = 简称
export-head-grade = 等级
export-head-owner = 负责人
export-head-phone = 电话
export-head-email = 邮箱
export-head-address = 地址
export-head-tags = 标签
export-head-customer = 客户
export-head-title = 职位
action-export-asked = 申请导出全部客户
action-customers-exported = 同意导出全部客户
audit-kind-exports = 导出
