"""Hypothesis drives the journal's world rule by rule, and shrinks what goes wrong to its shortest story."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.journal.sim_disk import Killed, PowerCut
from tests.journal.simulation import World

workers = st.sampled_from(["0", "1"])


class JournalMachine(RuleBasedStateMachine):
    """The ledger: accepted = stored + counted duplicates + rejected + still waiting, exactly, whatever happens."""

    @initialize(seed=st.integers(0, 1 << 30))
    def begin(self, seed):
        self.world = World(seed)

    @rule(worker=workers, count=st.integers(1, 4), poison=st.booleans(), again=st.booleans())
    def append(self, worker, count, poison, again):
        self._live(lambda: self.world.append(worker, count, poison=poison, again=again))

    @rule(worker=workers, seconds=st.floats(0, 3))
    def time_passes(self, worker, seconds):
        self.world.wait(seconds)
        self._live(lambda: self.world.tick(worker))

    @rule(times=st.integers(1, 4))
    def flush(self, times):
        for _ in range(times):
            self._live(self.world.flush)

    @rule(process=st.sampled_from(["0", "1", "flusher"]))
    def kill(self, process):
        self.world.kill(process)

    @rule()
    def power_cut(self):
        self.world.power_cut()

    @rule(calls=st.integers(0, 15))
    def end_soon(self, calls):
        self.world.disk.cut_in = calls

    @rule(
        faults=st.sampled_from([0.0, 0.1, 0.5]),
        down=st.sampled_from([0.0, 0.5]),
        late=st.sampled_from([0.0, 0.5]),
    )
    def weather(self, faults, down, late):
        self.world.disk.faults = faults
        self.world.engine.down, self.world.engine.late = down, late

    @rule(capacity=st.sampled_from([1500, 4000, 1 << 30]))
    def disk_size(self, capacity):
        self.world.disk.capacity = capacity

    @invariant()
    def nothing_is_doubled(self):
        if hasattr(self, "world"):
            assert not self.world.doubled()

    def teardown(self):
        if not hasattr(self, "world"):
            return
        self.world.settle()
        assert not self.world.lost()
        assert not self.world.doubled()
        assert not self.world.left_behind()

    def _live(self, deed):
        try:
            deed()
        except PowerCut:
            self.world.power_cut()
        except Killed:
            self.world.kill(self.world.disk.process)


JournalMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, suppress_health_check=list(HealthCheck)
)
TestJournal = JournalMachine.TestCase
