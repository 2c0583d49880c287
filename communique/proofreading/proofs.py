"""Proofs: what proofreading has found in all texts of a library, as problems."""

from communique.concordance import known_names
from communique.kinds import Person
from communique.library import Library
from communique.problems import Place, Problem
from communique.proofreading.residue import told


def proofs(library: Library) -> list[Problem]:
    """The residue in all texts of a library, also in withheld ones, which are to be ready when they show."""
    records = (entry.record for entry in library.all_entries)
    people = {name for record in records if isinstance(record, Person) for name in known_names(record)}
    return [
        Problem(Place(path, each.line, each.column), each.code, each.message, each.help)
        for path, residue in library.residue.items()
        for each in told(residue, people)
    ]
