"""Numbers in words."""


def counted(number: int, noun: str) -> str:
    """`1 mistake`, `2 mistakes`, `no mistakes`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
