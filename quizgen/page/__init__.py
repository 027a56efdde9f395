"""Facts as a page to read: Markdown, and a picture of the timeline."""
