"""Documents as one workbook, a sheet each: numbers as numbers, sums as formulas, and text that stays text."""

from jixiao.writing.formats.xlsx.book import write_xlsx as write_xlsx
