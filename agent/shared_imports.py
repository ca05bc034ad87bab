"""What every process of a job needs, imported once by the process that they are forked from."""

import gc
import importlib

gc.disable()  # nothing of it is garbage
importlib.import_module("agent.job_process")
importlib.import_module("httpcore")  # httpx does it within the first call, on the event loop: half a second
gc.enable()
