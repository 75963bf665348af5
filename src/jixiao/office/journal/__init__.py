"""The journal 日志 of the office: every act is one event, written in the transaction of its effect."""
