"""The rules of the search index as they were when a revision was written. A revision calls these, never the living ones,
so that it goes on doing what it did."""
