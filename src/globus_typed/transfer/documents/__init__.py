"""The documents of Globus Transfer, one module a subject: what it answers with, and what it is sent."""
