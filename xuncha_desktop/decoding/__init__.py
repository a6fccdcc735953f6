"""Files from outside are taken apart in a process of their own, which has little memory, no network and no children.

`decoder` is the program's side and the only file others import; `helper` is the other side, and all below it runs
there alone.
"""

FLAG = "--decode"  # the one argument with which the program starts itself as the helper
