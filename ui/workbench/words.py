"""How the workbench puts days into words."""


def left_words(left: int) -> str:
    """Days until something is due; negative when late."""
    if left < 0:
        return f"已过 {-left} 天"
    return f"还有 {left} 天" if left else "今天到期"
