"""``views.*``: modals and the home tab."""

from tests.fakes.slack.chatting import note_markup
from tests.fakes.slack.refusals import Refusal, invalid_arguments
from tests.fakes.slack.requests import Request, method
from tests.fakes.slack.schema import Json
from tests.fakes.slack.views import STACK, View, check_view
from tests.fakes.slack.world import Trigger

WRONG_ROOT = "must match the `type` of the root view whose stack we're pushing onto [json-pointer:/view/type]"


@method("views.open", tier=4, arguments="trigger_id view interactivity_pointer")
def open_view(request: Request) -> Json:
    form = _modal(request)
    trigger = _trigger(request)
    view = request.world.new_view(trigger.user, form)
    stack = request.world.stack_of(trigger.user)
    for one in stack:
        one.is_open = False
    stack[:] = [view]
    return {"view": view.raw()}


@method("views.push", tier=4, arguments="trigger_id view interactivity_pointer")
def push_view(request: Request) -> Json:
    form = _modal(request)
    trigger = _trigger(request)
    return {"view": push(request, trigger, form).raw()}


@method("views.update", tier=4, arguments="view_id external_id view hash")
def update_view(request: Request) -> Json:
    if request.text("view_id") and request.text("external_id"):
        raise invalid_arguments("Cannot provide both `view_id` and `external_id`")
    if not request.text("view_id") and not request.text("external_id"):
        raise invalid_arguments("missing required field: view_id")
    form = _form(request)
    view = _existing(request)
    if form["type"] != view.kind:
        raise invalid_arguments("must match the `type` of the view that is updated [json-pointer:/view/type]")
    _check_hash(request, view)
    request.world.change_view(view, form)
    return {"view": view.raw()}


@method("views.publish", tier=4, arguments="user_id view hash")
def publish_view(request: Request) -> Json:
    world, user = request.world, request.need("user_id")
    if not world.home_is_on:
        raise Refusal("not_enabled")
    if user not in world.people:
        raise Refusal("user_not_found")
    form = _form(request)
    if form["type"] != "home":
        raise invalid_arguments("must be a valid enum value [json-pointer:/view/type]")
    view = world.homes.get(user)
    if view is None:
        view = world.homes[user] = world.new_view(user, form)
    else:
        _check_hash(request, view)
        world.change_view(view, form)
    return {"view": view.raw()}


def push(request: Request, trigger: Trigger, form: Json) -> View:
    """Put a modal on top of the person's stack. Raises Refusal."""
    stack = request.world.stack_of(trigger.user)
    if trigger.view is None or trigger.view.kind != "modal" or not stack:
        raise invalid_arguments(WRONG_ROOT)
    if len(stack) >= STACK:
        raise Refusal("push_limit_reached")
    view = request.world.new_view(trigger.user, form, previous=stack[-1], root=stack[0])
    stack.append(view)
    return view


def _form(request: Request) -> Json:
    form = check_view(request.json("view"), request.world.rules)
    note_markup(request.world, "", form["blocks"])
    return form


def _modal(request: Request) -> Json:
    form = _form(request)
    if form["type"] != "modal":
        raise invalid_arguments("must be a valid enum value [json-pointer:/view/type]")
    return form


def _trigger(request: Request) -> Trigger:
    return request.world.take_trigger(request.need("trigger_id"))


def _existing(request: Request) -> View:
    world, external_id = request.world, request.text("external_id")
    view = world.views.get(request.text("view_id"))
    if external_id:
        named = (one for one in world.views.values() if one.is_open and one.external_id == external_id)
        view = next(named, None)
    if view is None or not view.is_open:
        raise Refusal("not_found")
    return view


def _check_hash(request: Request, view: View) -> None:
    if request.text("hash") and request.text("hash") != view.hash:
        raise Refusal("hash_conflict")
