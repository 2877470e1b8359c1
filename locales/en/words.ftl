# Words of the business: what people are, what happened, how things stand.
bot-name = { $company }

role-rep = sales rep
role-agent = support agent
role-manager = manager
role-admin = admin

record-lead = lead
record-customer = customer
record-contact = contact
record-followup = follow-up
record-opportunity = opportunity
record-ticket = ticket
record-activity = activity
record-draft = draft
record-staff = colleague

activity-call = Call
activity-visit = Visit
activity-meeting = Meeting
activity-wechat = WeChat
activity-message = Message
activity-email = E-mail
activity-demo = Demo
activity-quote = Quote
activity-note = Note
activity-check_in = Check-in

lead-status-new = new
lead-status-working = working
lead-status-qualified = qualified
lead-status-converted = now a customer
lead-status-lost = lost

followup-status-open = open
followup-status-done = done
followup-status-cancelled = cancelled

stage-qualified = Qualified
stage-demo = Demo
stage-proposal = Proposal
stage-negotiation = Negotiation
stage-won = Won
stage-lost = Lost

point-phone = Phone
point-email = E-mail
point-wechat = WeChat
point-qq = QQ
point-whatsapp = WhatsApp
point-credit_code = Credit code
point-company = Company name
