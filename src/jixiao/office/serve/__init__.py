"""Start 启动: the data folder, the database and the server; behind `jixiao serve`."""
