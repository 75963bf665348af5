"""telling 说明: a published form and its review told to a citizen in plain words, in 中文 and English."""
