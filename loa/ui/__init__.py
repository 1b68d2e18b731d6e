"""The look: base templates, components, tokens."""
