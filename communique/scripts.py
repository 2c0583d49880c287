"""Scripts: what the engine must know of the signs in which texts are written."""

# signs between which words are not divided by spaces, as a range for a regular expression
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
