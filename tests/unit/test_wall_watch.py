"""When a wall's browser is started again."""

from signage.watch import CAP, CAP_WINDOW_S, GRACE_S, SILENT_AFTER_S, Sight, Verdict, Watch, judge


def test_a_dead_or_crashed_browser_is_started_again() -> None:
    watch = Watch(0.0)
    assert judge(watch, watch.sight(False, False, 1.0), 1.0) is Verdict.RESTART
    assert judge(watch, watch.sight(True, True, 1.0), 1.0) is Verdict.RESTART


def test_silence_is_not_known_to_be_a_fault_and_never_restarts() -> None:
    watch = Watch(0.0).heard(5.0)
    late = 5.0 + SILENT_AFTER_S + 1
    assert watch.sight(True, False, late) is Sight.SILENT
    assert judge(watch, Sight.SILENT, late) is Verdict.KEEP


def test_a_browser_that_just_started_is_not_silent() -> None:
    assert Watch(0.0).sight(True, False, GRACE_S - 1) is Sight.SPEAKS


def test_restarts_end_at_the_cap_and_begin_again_when_the_window_has_passed() -> None:
    watch = Watch(0.0)
    for nth in range(CAP):
        assert judge(watch, Sight.GONE, nth * 10.0) is Verdict.RESTART
        watch = watch.restarted(nth * 10.0)
    assert judge(watch, Sight.GONE, CAP * 10.0) is Verdict.WAIT
    assert judge(watch, Sight.GONE, CAP_WINDOW_S + 1) is Verdict.RESTART
