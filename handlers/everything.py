"""Importing this module registers every handler and notice, and says who is offered somebody's words, in which order."""

# ruff: noqa: F401  the modules register themselves
import handlers.approvals
import handlers.attachments.cards
import handlers.attachments.keeping
import handlers.attachments.whose
import handlers.care.broadcast_messages
import handlers.care.broadcast_sending
import handlers.care.broadcasts
import handlers.care.wishes
import handlers.company.settings
import handlers.customers.buttons
import handlers.customers.exporting
import handlers.customers.opportunities
import handlers.dialogs.forms
import handlers.dialogs.resume
import handlers.digests.acts
import handlers.digests.digest
import handlers.digests.nudges
import handlers.digests.settings
import handlers.entries.card_words
import handlers.entries.chat_transcripts
import handlers.entries.check_ins
import handlers.entries.edited
import handlers.entries.forwarded
import handlers.entries.intents
import handlers.entries.lexicon
import handlers.entries.next_step
import handlers.entries.picked
import handlers.entries.reporting
import handlers.entries.saving
import handlers.entries.several
import handlers.entries.small_talk
import handlers.followups.done_words
import handlers.followups.giving
import handlers.followups.home
import handlers.followups.later_words
import handlers.followups.log
import handlers.followups.myday
import handlers.followups.planned_on
import handlers.followups.reminders
import handlers.followups.standing
import handlers.followups.when
import handlers.help
import handlers.leads.adding
import handlers.leads.buttons
import handlers.leads.pasted
import handlers.leads.sharing
import handlers.leads.untouched
import handlers.people.away
import handlers.people.handover_cards
import handlers.people.handovers
import handlers.people.joining
import handlers.people.leaving
import handlers.people.onboarding
import handlers.people.roles
import handlers.people.settings
import handlers.people.start
import handlers.people.team
import handlers.people.teams
import handlers.points.commands
import handlers.points.redeeming
import handlers.reactions
import handlers.records.asked
import handlers.records.audit
import handlers.records.by_number
import handlers.records.comments
import handlers.records.deleted
import handlers.records.find
import handlers.records.history
import handlers.records.why
import handlers.reports.commands
import handlers.reports.quotas
import handlers.reports.radar
import handlers.reports.review
import handlers.reports.schedules
import handlers.surveys.alerts
import handlers.surveys.answers
import handlers.surveys.commands
import handlers.surveys.forms
import handlers.surveys.needs
import handlers.surveys.results
import handlers.surveys.scenes
import handlers.surveys.segments
import handlers.tickets.answers
import handlers.tickets.asked_by_customers
import handlers.tickets.buttons
import handlers.tickets.canned
import handlers.tickets.commands
import handlers.tickets.notices
import handlers.tickets.opening
import handlers.tickets.places
import handlers.tickets.queue
import handlers.tickets.standing
import handlers.visitors.consent
import handlers.visitors.contact_chats
import handlers.visitors.customer_groups
import handlers.visitors.greeting
import handlers.visitors.greeting_settings
import handlers.visitors.inquiries
import handlers.visitors.not_words
import handlers.visitors.privacy
import handlers.visitors.strangers
import handlers.whereabouts
from handlers.entries.card_words import words_to_card
from handlers.entries.chat_transcripts import pasted_chat
from handlers.entries.reporting import amend
from handlers.entries.several import amend_list, several
from handlers.entries.small_talk import answer_kindly
from handlers.followups.done_words import done_in_words
from handlers.followups.later_words import later_in_words
from handlers.followups.myday import done_with_nothing
from handlers.leads.pasted import pasted_list
from handlers.people.away import away_in_words
from handlers.people.start import pasted_code
from handlers.records.asked import asked
from handlers.records.by_number import typed_code
from handlers.records.comments import reply_to_card
from handlers.router import ROUTES
from handlers.surveys.answers import typed
from handlers.surveys.named import named_survey
from handlers.tickets.asked_by_customers import copy_to_ticket
from handlers.tickets.buttons import take_customer
from handlers.tickets.places import said_among_us, said_to_us
from handlers.visitors.strangers import greet

ROUTES.before_questions = (take_customer, typed_code, typed, said_to_us)
ROUTES.before_free_text = (
    named_survey,
    done_in_words,
    amend_list,  # before one card: an older one may wait above the list
    amend,
    later_in_words,
    reply_to_card,
    asked,
    away_in_words,
    pasted_chat,  # before a list: the speakers of a chat may be phone numbers
    pasted_list,
    several,
    greet,
    words_to_card,
    done_with_nothing,
    pasted_code,
    answer_kindly,
)
ROUTES.overheard = (copy_to_ticket, said_among_us)
