"""The Telegram adapter. Importing this package is cheap; its modules import aiogram, which takes seconds."""
