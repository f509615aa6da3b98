"""The standards' own validators: what they need, how they are brought, how they are run.

- :mod:`.packages`, :mod:`.needs`, :mod:`.bring`: where they come from and what is missing here.
- :mod:`.running`, :mod:`.on_java`, :mod:`.on_node`: one process for many files.
"""
