from rehearse.audio.watchdog import FIRST_BLOCK_SECONDS, GATED_SECONDS, SILENT_SECONDS, STALLED_SECONDS, Watchdog
from rehearse.errors import DeviceError


def what(trouble: DeviceError | None) -> str:
    return trouble.what if trouble else ""


def test_a_fresh_device_is_given_time() -> None:
    watchdog = Watchdog(10.0)
    assert watchdog.trouble(10.0 + FIRST_BLOCK_SECONDS) is None
    assert what(watchdog.trouble(10.1 + FIRST_BLOCK_SECONDS)) == "The microphone doesn't start"


def test_a_stall_is_noticed_and_forgiven() -> None:
    watchdog = Watchdog(0.0)
    watchdog.callback_came(1.0)
    assert watchdog.trouble(1.0 + STALLED_SECONDS) is None
    assert what(watchdog.trouble(1.1 + STALLED_SECONDS)) == "The microphone has stopped"
    watchdog.callback_came(3.0)
    assert watchdog.trouble(3.1) is None


def test_pure_zeros_are_noticed_and_forgiven() -> None:
    watchdog = Watchdog(0.0)
    watchdog.callback_came(5.0)
    for _ in range(round(SILENT_SECONDS / 0.5) - 1):
        watchdog.heard(0.5, silent=True)
    assert watchdog.trouble(5.0) is None
    watchdog.heard(0.5, silent=True)
    assert what(watchdog.trouble(5.0)) == "The microphone delivers only silence"
    watchdog.heard(0.05, silent=False)
    assert watchdog.trouble(5.0) is None


def test_short_silences_do_not_add_up() -> None:
    watchdog = Watchdog(0.0)
    watchdog.callback_came(0.0)
    for _ in range(5):
        watchdog.heard(GATED_SECONDS * 0.9, silent=True)
        watchdog.heard(0.05, silent=False)
    assert watchdog.trouble(0.0) is None


def test_a_noise_gate_is_not_taken_for_a_muted_microphone() -> None:
    watchdog = Watchdog(0.0)
    watchdog.callback_came(0.0)
    watchdog.heard(0.05, silent=False)
    watchdog.heard(GATED_SECONDS * 0.9, silent=True)
    assert watchdog.trouble(0.0) is None
    watchdog.heard(GATED_SECONDS * 0.2, silent=True)
    trouble = watchdog.trouble(0.0)
    assert what(trouble) == "The microphone delivers only silence"
    assert trouble
    assert trouble.next_step.startswith("If you aren't speaking just now, ignore this")


def test_another_stream_has_stopped_until_it_brings_something() -> None:
    watchdog = Watchdog(0.0)
    watchdog.callback_came(1.0)
    watchdog.stream_ended()
    assert watchdog.stopped(1.0)
    watchdog.reopened(5.0)
    assert not watchdog.stopped(5.0 + FIRST_BLOCK_SECONDS), "it is given time"
    assert what(watchdog.trouble(6.0)) == "The microphone has stopped"
    watchdog.callback_came(6.0)
    assert watchdog.trouble(6.0) is None


def test_an_ended_stream_is_noticed_at_once() -> None:
    watchdog = Watchdog(0.0)
    watchdog.callback_came(1.0)
    watchdog.stream_ended()
    trouble = watchdog.trouble(1.0)
    assert trouble is not None
    assert "unplugged" in trouble.why
    assert trouble.next_step
