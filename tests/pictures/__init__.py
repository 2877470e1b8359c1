"""The pictures of both platforms in ``docs/images``: drawn from what the fakes were really sent.

``python -m tests.pictures`` plays a few scenes through the real clients and takes each anew. It needs Chromium.
"""
