"""One file per group of data that is not kept for ever; each states ``KINDS``."""
