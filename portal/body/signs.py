"""Signs of Markdown as the fast path and the library both take them."""

import re

HEADING = re.compile(
    r"(?:^|\n)(?P<level>#{1,6}) +"
    r"(?P<header>(?:[^ \n]| ++(?!#*+ *+(?:\n|\Z)))*+)"
    r"(?: ++#*+ *+)?(?:\n|\Z)"
)
"""A heading has a space after its signs: `#3机组` is a name, and `使用C#` ends as it is written."""

MOST = 1000
"""Signs in one element. What has more is a picture made of letters, and is shown as it is."""

CLOSERS = r"、，。；：？！）》】〉」』”’,;:)"
"""What no emphasised words begin with: `张**、李**` are two masked names."""
OPENERS = r"（《【〈「『“‘("
"""What none end with."""
