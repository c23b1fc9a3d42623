"""The search: what a browser needs to find the right contract without a server.

`twin` is a contract's text as it is indexed, `sieve` says which contracts can hold a text, `shards`
divides them, `full` has Pagefind index the twins, `known` writes the names and columns of facts.
"""
