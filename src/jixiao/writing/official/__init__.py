"""Official forms: a form and a published layout make the document that people file, return and publish."""

from jixiao.writing.official.lay_out import Laid, lay_out, lay_out_blank
from jixiao.writing.official.left_out import LeftOut

__all__ = ["Laid", "LeftOut", "lay_out", "lay_out_blank"]
