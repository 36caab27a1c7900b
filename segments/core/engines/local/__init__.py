"""The offline engine: measured evidence, explicit rules, no model. What it cannot determine is null."""
