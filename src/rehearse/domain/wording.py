"""Numbers in words."""


def counted(number: int, noun: str, several: str = "") -> str:
    """`1 mistake`, `2 mistakes`, `no mistakes`; `several` is the plural where it isn't made with an s."""
    return f"{number or 'no'} {noun if number == 1 else several or f'{noun}s'}"
