"""Where the work on a corpus is done: here, or on the cluster that a house has already: Apache Spark, Ray.

Parts and batches do not depend on each other, so a cluster does what processes of one machine do: it takes a function
and jobs, and gives results. `named` reads what was asked for, `spark` and `rays` give jobs out, `turns` opens the one
that was asked for, `java` finds a Java, `probe` looks at a cluster.
"""
