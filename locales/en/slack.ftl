# What Slack shows around our own words: lists to choose from, and modals.
slack-choose = Choose…
slack-form-close = Close
slack-form-loading-title = One moment
slack-form-loading = Getting the form ready…
slack-form-none = Nothing to fill in: the answer is in the chat.
slack-form-too-late = The form took too long to open.

# The manifest of the app, and what guanxi slack-manifest says beside it.
slack-app-description = Log calls, get reminded, keep leads and customers: the CRM of { $company } in Slack.
slack-app-command = Do anything in the CRM, seen by you alone
slack-app-usage = today | log called Acme, follow up Friday | find hx
slack-app-pick = Log this
slack-app-pick-description = Log this message, with its thread, as news of a customer
slack-app-ticket = Open a ticket
slack-app-ticket-description = Open a ticket from this message of a customer
slack-manifest-how =
    1. Open this link and press Create (or paste the manifest at https://api.slack.com/apps, “From a manifest”):

    { $link }

    2. Press Install to Workspace. On the page “OAuth & Permissions” copy the Bot User OAuth Token (xoxb-…):
       GUANXI_SLACK_BOT_TOKEN
    3. On the page “Basic Information”, under App-Level Tokens, generate a token with the scope connections:write (xapp-…):
       GUANXI_SLACK_APP_TOKEN
    4. Run guanxi init, which asks for both and checks them; then guanxi run
slack-manifest-how-http =
    1. Open this link and press Create (or paste the manifest at https://api.slack.com/apps, “From a manifest”):

    { $link }

    2. Press Install to Workspace. On the page “OAuth & Permissions” copy the Bot User OAuth Token (xoxb-…):
       GUANXI_SLACK_BOT_TOKEN
    3. On the page “Basic Information” copy the Signing Secret:
       GUANXI_SLACK_SIGNING_SECRET
    4. Put both into .env, then run: guanxi doctor, guanxi run. Then press Retry beside the Request URL on the page “Event Subscriptions”.
