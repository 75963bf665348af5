"""Exchange files 交换文件 with the integrated budget platform 预算管理一体化系统: its fields, its types, its codes."""
