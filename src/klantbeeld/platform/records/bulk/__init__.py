"""Writing records by the thousand: COPY into a temporary table, then one statement, by the rules of the write path."""

from klantbeeld.platform.records.bulk.among import Among, uuid_array
from klantbeeld.platform.records.bulk.changing import Changer
from klantbeeld.platform.records.bulk.drafting import Batch, Drafter, Given, Refusal
from klantbeeld.platform.records.bulk.writer import BulkWriter, Written

__all__ = ["Among", "Batch", "BulkWriter", "Changer", "Drafter", "Given", "Refusal", "Written", "uuid_array"]
