"""People 人员 and organisations 机构: who signs in, where they belong, in which role."""
