"""The Qt layer: the only place that knows widgets."""
