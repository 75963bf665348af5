"""`python -m jixiao.office.jobs`: a worker as a process of its own."""

from jixiao.office.jobs.process import main

main()
