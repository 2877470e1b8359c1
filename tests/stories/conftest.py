"""A failed assertion of a story or a desk says what it compared."""

import pytest

pytest.register_assert_rewrite(
    "tests.stories.stories",
    "tests.stories.tickets",
    "tests.stories.local_desk",
    "tests.stories.telegram_desk",
    "tests.stories.slack_desk",
)
