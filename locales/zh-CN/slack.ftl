# Slack 在我们的话之外显示的：选择列表和弹窗。
slack-choose = 请选择…
slack-form-close = 关闭
slack-form-loading-title = 请稍候
slack-form-loading = 正在准备表单…
slack-form-none = 无需填写，答复在聊天里。
slack-form-too-late = 表单打开得太慢了。

# 应用清单，以及 guanxi slack-manifest 的说明。
slack-app-description = 记电话、到点提醒、管线索和客户：{ $company } 的 CRM，就在 Slack 里。
slack-app-command = 使用 CRM，只有你能看到
slack-app-usage = 今天 | 记录 刚给华新打了电话，周五跟进 | 查 hx
slack-app-pick = 记下来
slack-app-pick-description = 把这条消息连同讨论串记为客户动态
slack-app-ticket = 开工单
slack-app-ticket-description = 用客户的这条消息开一张工单
slack-manifest-how =
    1. 打开此链接并点 Create（或在 https://api.slack.com/apps 选“From a manifest”，粘贴清单）：

    { $link }

    2. 点 Install to Workspace。在“OAuth & Permissions”页复制 Bot User OAuth Token（xoxb-…）：
       GUANXI_SLACK_BOT_TOKEN
    3. 在“Basic Information”页的 App-Level Tokens 下，生成一个带 connections:write 权限的令牌（xapp-…）：
       GUANXI_SLACK_APP_TOKEN
    4. 运行 guanxi init，填入这两个令牌（当场检查），再运行 guanxi run
slack-manifest-how-http =
    1. 打开此链接并点 Create（或在 https://api.slack.com/apps 选“From a manifest”，粘贴清单）：

    { $link }

    2. 点 Install to Workspace。在“OAuth & Permissions”页复制 Bot User OAuth Token（xoxb-…）：
       GUANXI_SLACK_BOT_TOKEN
    3. 在“Basic Information”页复制 Signing Secret：
       GUANXI_SLACK_SIGNING_SECRET
    4. 把两个都写进 .env，再运行：guanxi doctor，guanxi run。然后在“Event Subscriptions”页的 Request URL 旁点 Retry。
