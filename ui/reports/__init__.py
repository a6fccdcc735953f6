"""The parts of the 报告 screen: the outline, its headings and papers, and the exports made so far."""
