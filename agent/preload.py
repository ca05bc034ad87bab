"""What the processes of jobs inherit, made once by the process that they are forked from (`job_process.prepare`)."""

import gc
import importlib

gc.disable()  # nothing of it is garbage, and a fifth of the time went into looking for some
importlib.import_module("agent.job_process").prepare()
gc.enable()
