"""Finding: what somebody types leads to what the site says about it.

An office has hundreds of pages, not millions. So one query reads everything that is public, and the
words are compared here: the same on each database, and nothing typed is ever part of a query.
"""
