"""The pages of the 模板与设置 screen."""
