"""Names the traces of onnxruntime's telemetry, once a data folder."""

from rehearse.offline import find_traces
from rehearse.settings import Places

NAMED = "telemetry-named"
"""An empty file in the cache folder: they were named."""


def name_traces_once(places: Places) -> str:
    """One sentence with the command that removes them; "" where there are none or they were named before."""
    folder = find_traces()
    if folder is None:
        return ""
    mark = places.cache / NAMED
    try:
        if mark.exists():
            return ""
        places.create()
        mark.touch(mode=0o600)
    except OSError:
        pass  # it is named again next time, which is better than never
    return (
        f"Before 0.1.1 a library (onnxruntime) sent usage events; it is switched off now. What it kept is in {folder}. "
        "Delete it: rehearse doctor --forget-telemetry"
    )
