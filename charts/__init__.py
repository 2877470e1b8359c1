"""Pictures of numbers: ``model`` says what is to be seen, ``process`` has it drawn where no chat waits for it.

Plain values in, PNG bytes out; the words in them are finished, in their reader's language. Only ``drawing`` imports
matplotlib, and only the worker process imports ``drawing``.
"""
