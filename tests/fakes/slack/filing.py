"""``files.*``: the three steps of an upload, and what the app asks about files."""

import mimetypes

from tests.fakes.slack.chatting import posting_place
from tests.fakes.slack.events import message_posted
from tests.fakes.slack.people import File
from tests.fakes.slack.refusals import Refusal, invalid_arguments
from tests.fakes.slack.requests import Request, method
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import World


@method("files.info", tier=4, scope="files:read", arguments="file count page cursor limit", reads=True)
def files_info(request: Request) -> Json:
    file = request.world.files.get(request.need("file"))
    if file is None:
        raise Refusal("file_not_found")
    if file.is_deleted:
        raise Refusal("file_deleted")
    return {"file": file.raw() | {"channels": file.channels}, "comments": [], "response_metadata": {"next_cursor": ""}}


@method(
    "files.getUploadURLExternal",
    tier=4,
    scope="files:write",
    arguments="filename length alt_txt snippet_type",
    reads=True,
)
def get_upload_url(request: Request) -> Json:
    name, length = request.need("filename"), request.need("length")
    if not length.isdigit() or int(length) == 0:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    if int(length) > request.world.rules.upload_bytes:
        raise Refusal("file_upload_size_restricted")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = request.world.keep_file(name, b"", request.world.bot.id, mimetype=kind)
    file.is_deleted = True
    request.world.uploads[file.id] = int(length)
    return {"upload_url": f"{request.world.base}/upload/v1/{file.id}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    tier=4,
    scope="files:write",
    arguments="files channel_id channels thread_ts initial_comment blocks",
)
def complete_upload(request: Request) -> Json:
    asked = request.json("files")
    if not isinstance(asked, list) or not asked:
        raise invalid_arguments("missing required field: files")
    files = [_uploaded(request.world, one) for one in asked]
    if request.text("channel_id") or request.text("channels"):
        request.values["channel"] = request.text("channel_id") or request.text("channels").partition(",")[0]
        channel = posting_place(request, is_public_enough=False)
        message = request.world.post(
            channel,
            user=request.world.bot.id,
            text=request.text("initial_comment"),
            files=files,
            thread_ts=request.text("thread_ts") or None,
        )
        message_posted(request.deliveries, message)
        for file in files:
            file.channels.append(channel.id)
    return {"files": [file.raw() for file in files]}


def receive_upload(world: World, file_id: str, content: bytes) -> File:
    """The second step: the bytes. Raises Refusal."""
    if file_id not in world.uploads:
        raise Refusal("file_not_found", status=404)
    if len(content) != world.uploads[file_id]:
        raise Refusal("length_mismatch", status=400)
    file = world.files[file_id]
    file.content, file.is_deleted = content, False
    return file


def _uploaded(world: World, asked: Json) -> File:
    file = world.files.get(asked.get("id", ""))
    if file is None or file.id not in world.uploads:
        raise Refusal("file_not_found")
    if file.is_deleted:
        raise Refusal("file_not_found")
    file.title = asked.get("title") or file.name
    del world.uploads[file.id]
    return file
