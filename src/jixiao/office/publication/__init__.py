"""publication 公开: the public site and the open data of published forms; what is public is listed, all else is not."""
