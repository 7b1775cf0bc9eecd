"""The field's terms as values: schema, figures, filters, links, errors, settings."""
