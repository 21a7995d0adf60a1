"""Makes the copy of a record: what stands in it, how it is written, and the worker's job."""
