"""Near-duplicate texts 雷同文字 across units and years: exact Jaccard indexes of pairs of letters, found by MinHash.

    found = similar_texts(rows_of(scan), boilerplate)
    found.members       # a row a text that stands in a group: field, group, form, at, unit, year, jaccard
    found.groups        # a row a group: how many texts, forms, units, years, and its representative
    found.left_out      # what was not compared, and why

The hash is written down in `scheme.py`. With the extra `kernel` the loops are compiled; without it Polars does the same
with the same result to the last pair, in some thirteen times the processor time.
"""

from jixiao.corpus.similar.corpus_texts import FIELDS as FIELDS
from jixiao.corpus.similar.corpus_texts import rows_of as rows_of
from jixiao.corpus.similar.finding import LeftOut as LeftOut
from jixiao.corpus.similar.finding import Similar as Similar
from jixiao.corpus.similar.finding import compiled as compiled
from jixiao.corpus.similar.finding import similar_texts as similar_texts
