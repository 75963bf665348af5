"""Scores and the questions of arithmetic in SQL written by hand, on DuckDB: scaled whole numbers, no DECIMAL."""

from pathlib import Path
from typing import Final

FORMS: Final = """
CREATE TABLE forms AS SELECT form, data FROM read_json('{benchmark}/forms/*.jsonl.gz', format='newline_delimited',
maximum_object_size=16777216, columns={{form: 'BIGINT', data: 'STRUCT(
  funds STRUCT(total STRUCT(initial VARCHAR, adjusted VARCHAR, executed VARCHAR),
               current_year STRUCT(initial VARCHAR, adjusted VARCHAR, executed VARCHAR),
               carryover STRUCT(initial VARCHAR, adjusted VARCHAR, executed VARCHAR),
               other STRUCT(initial VARCHAR, adjusted VARCHAR, executed VARCHAR),
               more STRUCT(initial VARCHAR, adjusted VARCHAR, executed VARCHAR)[]),
  execution STRUCT(weight VARCHAR, rate VARCHAR, score VARCHAR), total STRUCT(weight VARCHAR, score VARCHAR),
  grade VARCHAR,
  indicators STRUCT(weight VARCHAR, score VARCHAR, target STRUCT(operator VARCHAR, value JSON, unit VARCHAR),
                    actual STRUCT(value VARCHAR, unit VARCHAR))[])'}});
CREATE MACRO cents(text) AS CAST(round(CAST(text AS DECIMAL(18, 4)) * 100) AS HUGEINT);
CREATE MACRO fine(text) AS CAST(round(CAST(text AS DECIMAL(24, 6)) * 1000000) AS HUGEINT);
CREATE MACRO share(points, part, whole) AS (2 * points * greatest(part, 0) + whole) // (2 * whole);
CREATE TABLE lines AS SELECT form, place - 1 AS place, cents(line.weight) AS weight, cents(line.score) AS score,
  line.target.operator AS sign, line.target.unit AS unit, line.actual.unit AS other,
  TRY_CAST(line.target.value ->> '$' AS DECIMAL(18, 4)) AS target,
  TRY_CAST(line.actual.value AS DECIMAL(18, 4)) AS actual
FROM (SELECT form, unnest(data.indicators) AS line, generate_subscripts(data.indicators, 1) AS place FROM forms);
CREATE TABLE numbers AS SELECT form, place, weight, score, sign,
  CAST(target * 10000 AS HUGEINT) AS target, CAST(actual * 10000 AS HUGEINT) AS actual
FROM lines WHERE target > 0 AND actual IS NOT NULL AND weight IS NOT NULL AND unit = other
  AND sign IN ('≥', '>', '=', '<', '≤');
CREATE TABLE execution AS SELECT form, cents(data.execution.weight) AS weight, cents(data.execution.score) AS score,
  cents(data.execution.rate) AS rate,
  fine(data.funds.total.adjusted) AS adjusted, fine(data.funds.total.executed) AS executed FROM forms;
"""
_SCORES: Final = """
CREATE TABLE scored AS
SELECT form, '/indicators/' || place AS line, CASE
    WHEN (sign IN ('≥', '=') AND actual >= target) OR (sign = '>' AND actual > target) THEN weight
    WHEN (sign = '≤' AND actual <= target) OR (sign = '<' AND actual < target) THEN weight
    WHEN sign IN ('≥', '>', '=') THEN least(weight, share(weight, actual, target))
    ELSE least(weight, share(weight, target, actual)) END AS points, score AS claimed FROM numbers
UNION ALL
SELECT form, '/execution', least(weight, share(weight, executed, adjusted)), score
FROM execution WHERE adjusted > 0 AND executed IS NOT NULL AND weight IS NOT NULL;
COPY (SELECT form, line, points // 100 || '.' || lpad(CAST(points % 100 AS VARCHAR), 2, '0') AS score FROM scored)
TO '{out}/scores.parquet';
"""
_QUESTIONS: Final = """
CREATE TABLE asked (form BIGINT, code VARCHAR, cell VARCHAR);
INSERT INTO asked SELECT form, 'JX104', '/execution/rate' FROM execution
WHERE adjusted > 0 AND abs(rate * adjusted - executed * 10000) > adjusted;
INSERT INTO asked SELECT form, 'JX106', '/total/weight' FROM
  (SELECT form, cents(data.total.weight) AS printed, coalesce(cents(data.execution.weight), 0)
     + list_sum([coalesce(cents(line.weight), 0) FOR line IN data.indicators]) AS summed FROM forms)
WHERE printed != summed;
INSERT INTO asked SELECT form, 'JX109', '/total/score' FROM
  (SELECT form, cents(data.total.score) AS printed, coalesce(cents(data.execution.score), 0)
     + list_sum([coalesce(cents(line.score), 0) FOR line IN data.indicators]) AS summed FROM forms)
WHERE abs(printed - summed) > 1;
COPY asked TO '{out}/questions.parquet';
"""


def by_hand(benchmark: Path, out: Path) -> None:
    """Scores of every line with numbers, and three questions of arithmetic."""
    import duckdb

    connection = duckdb.connect()
    for text in (FORMS, _SCORES, _QUESTIONS):
        connection.execute(text.format(benchmark=benchmark, out=out))
