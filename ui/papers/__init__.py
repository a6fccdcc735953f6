"""The parts of the 底稿 screen: the editor, its gauge, its citations, its pickers."""
