"""Similar projects of a whole corpus 同类项目: what others promised and achieved, and for how much, from columns."""

from jixiao.corpus.peers.file import peers_of as peers_of
from jixiao.corpus.peers.table import BANDS as BANDS
from jixiao.corpus.peers.table import table_of as table_of
