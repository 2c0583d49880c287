"""Drawing: who works with whom, laid out as whole numbers. A template turns them into SVG."""
