"""The Standards profile as most Django teams would first write it: the ORM, prefetching, Django templates.

Same middleware, same access checks, same formatting of words, same visible text (tests/bench holds it to that). It
reads the same tallies as the product does: what is compared is how a page is read and written, not what is counted.
"""
