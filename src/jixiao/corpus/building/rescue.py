"""A batch that killed its worker: halved until the file is found that does it, and done without that file."""

from typing import Any

import msgspec

from jixiao.corpus.building.batches import Documents

_HALVES = "ab"


class FilesRescue:
    """Finds the documents that kill whoever reads them; jobs are those of a run, each with a batch and a name."""

    def halves(self, job: Any, /) -> tuple[Any, Any] | None:
        """The two halves of a batch of documents, stored under names of their own; none of one document."""
        batch = job.batch
        if not isinstance(batch, Documents) or len(batch.files) < 2:
            return None
        middle = len(batch.files) // 2
        parts = batch.files[:middle], batch.files[middle:]
        one, other = (
            msgspec.structs.replace(job, name=job.name + letter, batch=msgspec.structs.replace(batch, files=files))
            for letter, files in zip(_HALVES, parts, strict=True)
        )
        return one, other

    def named(self, job: Any, /) -> str:
        """The document's name; what is no document has none, and is not left out."""
        return job.batch.files[0].name if isinstance(job.batch, Documents) else ""

    def without(self, job: Any, killers: frozenset[str], /) -> Any:
        """The batch with those documents set aside."""
        if not isinstance(job.batch, Documents):
            return job
        return msgspec.structs.replace(job, batch=msgspec.structs.replace(job.batch, killers=killers))
