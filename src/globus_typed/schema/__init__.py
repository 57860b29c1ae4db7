"""The catalogue of all documents, and their JSON Schema and OpenAPI."""
