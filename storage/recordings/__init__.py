"""Where the sound itself is kept. What is known of each file is in the store (storage/recording_store.py).

`RecordingFiles` is the protocol; `FolderFiles` keeps them in a folder of this machine, `BucketFiles` in a private
bucket of Supabase Storage.
"""

from storage.recordings.bucket import BucketFiles, open_bucket_files
from storage.recordings.files import RecordingFiles, StoredFile, attempt_prefix, file_name
from storage.recordings.folder import FolderFiles

__all__ = [
    "BucketFiles",
    "FolderFiles",
    "RecordingFiles",
    "StoredFile",
    "attempt_prefix",
    "file_name",
    "open_bucket_files",
]
