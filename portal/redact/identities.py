"""What digits are by themselves: an identity number, a credit code, a moment."""

import datetime
import functools

import stdnum.cn.uscc


def is_identity(digits: str) -> bool:
    """Whether it begins with a region and a day, as an identity number does."""
    if len(digits) not in (15, 18) or not "11" <= digits[:2] <= "82":
        return False
    day = digits[6:14] if len(digits) == 18 else "19" + digits[6:12]
    return "1900" <= day[:4] <= "2030" and _is_day(day)


@functools.lru_cache(maxsize=1024)
def _is_day(digits: str) -> bool:
    try:
        datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def is_credit_code(text: str) -> bool:
    return bool(stdnum.cn.uscc.is_valid(text))


def is_moment(digits: str) -> bool:
    """Whether it is a day with a serial number or a time: 20250613001, 20250613093000."""
    return 8 <= len(digits) <= 14 and digits[:2] in ("19", "20") and _is_day(digits[:8])
