"""Blocks"""

import re

from markdown.blockparser import BlockParser

_SIGNS = {"table": "|", "hashheader": "#", "setextheader": "\n", "quote": ">", "footnote": "[^", "reference": "]:"}
_FIRST = re.compile(r"\n| {4}| {0,3}(?:[#>\[*+_-]|\d+\.)|\Z")
_LATER = re.compile(r"\n {0,3}[#>\[*_=-]")


class Blocks(BlockParser):
    def __init__(self, md):
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors
        for p in self.blockprocessors:
            p.parser = self
        self.gates = None

    def parseBlocks(self, parent, blocks):
        if self.gates is None:
            self.gates = [
                (_SIGNS.get(n.name, ""), self.blockprocessors[n.name].test, self.blockprocessors[n.name].run)
                for n in self.blockprocessors._priority
            ]
            self.par = self.blockprocessors["paragraph"].run
        gates = self.gates
        while blocks:
            block = blocks[0]
            if not (_FIRST.match(block) or ("\n" in block and ("|" in block or _LATER.search(block)))):
                self.par(parent, blocks)
                continue
            for sign, test, run in gates:
                if sign in block and test(parent, block) and run(parent, blocks) is not False:
                    break
