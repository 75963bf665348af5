"""The HTTP API 接口: what a program may ask and do, with tokens; contract in OpenAPI, errors as problem+json."""
