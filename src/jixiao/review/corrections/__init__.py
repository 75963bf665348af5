"""Corrections 改正: what is arithmetic on a form, or follows exactly from it and the rule in force, put right.

corrected = correct(form, reviewer)
corrected.form            # the form put right
corrected.corrections     # field, old and new, why, clause, what it depends on
corrected.left            # what is at odds and the form does not decide
"""

from jixiao.review.corrections.correct import correct
from jixiao.review.corrections.model import Corrected, Correction, Kind, Left
from jixiao.review.corrections.standing import put

__all__ = ["Corrected", "Correction", "Kind", "Left", "correct", "put"]
