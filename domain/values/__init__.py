"""Pure values of the business: money, phones, names, calendars. No clock, no database, no files of ours."""
