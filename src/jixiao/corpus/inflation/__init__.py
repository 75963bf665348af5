"""The inflation meter 虚高: what claims look like in many forms, as counts with intervals, bases and questions."""
