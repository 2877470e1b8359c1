"""The Slack adapter. Importing this package is cheap; its modules import slack_sdk and aiohttp."""
