"""publiccode.yml: read, and judged by rules of our own, for versions 0 to 0.7 and the draft of version 1.

Source: the standard of publiccode.yml (yml.publiccode.tools). Its form is `schemas/publiccode.schema.json`. What only
the web can tell is left out: whether an address answers, whether a video can be embedded, which administrations Italy
has.
"""
