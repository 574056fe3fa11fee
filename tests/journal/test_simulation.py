"""Thousands of lives of the journal on a disk and an engine that fail; and controls that prove that failures are seen."""

import pytest

from masarat.errors import MasaratError
from masarat.journal.writer import Writer
from tests.journal.sim_disk import Killed, PowerCut, SimDisk
from tests.journal.simulation import SimEngine, World, play

SCHEDULES = 1000


class NeverSynced(SimDisk):
    def create(self, path):
        file = super().create(path)
        file.sync = self.call
        return file


class NeverSyncedNames(SimDisk):
    def sync_directory(self, path):
        self.call()


class SyncsAgain(Writer):
    """What PostgreSQL did until 2018."""

    def _write(self, file, group):
        file.write(group)
        try:
            file.sync()
        except OSError:
            file.sync()


class SyncsAgainWorld(World):
    writer_kind = SyncsAgain


class Forgetful(SimEngine):
    def insert(self, segment):
        self.tokens.clear()
        super().insert(segment)


def ended(world: World) -> World:
    play(world)
    world.settle()
    return world


def test_nothing_acknowledged_is_ever_lost_or_doubled():
    acknowledged = rejected = refused = 0
    for seed in range(SCHEDULES):
        world = ended(World(seed))
        assert not world.lost(), f"seed {seed}"
        assert not world.doubled(), f"seed {seed}"
        assert not world.left_behind(), f"seed {seed}"
        engine = world.engine
        assert engine.stored + engine.duplicates + len(engine.rejects) == sum(engine.ended.values())
        assert engine.ended.keys() <= world.sent.keys()
        acknowledged += len(world.acknowledged)
        rejected += len(engine.rejects)
        refused += world.refusals
    assert min(acknowledged, rejected, refused) > SCHEDULES / 3  # all of it was tried, often


def test_the_same_seed_lives_the_same_life():
    first, second = ended(World(7)), ended(World(7))
    assert (first.sent, first.acknowledged, first.disk.calls) == (
        second.sent,
        second.acknowledged,
        second.disk.calls,
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: World(seed, disk_kind=NeverSynced),
        lambda seed: World(seed, disk_kind=NeverSyncedNames),
        lambda seed: SyncsAgainWorld(seed),
    ],
    ids=["without fsync", "without fsync of the directory", "failed fsync tried again"],
)
def test_controls_must_lose(make):
    assert sum(len(ended(make(seed)).lost()) for seed in range(100)) > 20


def test_control_must_double():
    def forgetful(seed):
        world = World(seed)
        world.engine = Forgetful(world.random, world.disk)
        return world

    assert sum(len(ended(forgetful(seed)).doubled()) for seed in range(50)) > 20


def test_an_engine_that_takes_half_and_fails_still_stores_each_event_once():
    """Tokens cannot help where an insert is not atomic: then the engine's own event ids do."""
    halves = 0
    for seed in range(200):
        world = World(seed)
        world.engine.half = 0.3
        ended(world)
        assert not world.lost(), f"seed {seed}"
        assert set(world.engine.events.values()) <= {1}
        halves += len(world.doubled())
    assert halves > 20


def test_a_flipped_bit_costs_at_most_its_own_group_and_no_byte_of_it():
    flipped = 0
    for seed in range(300):
        world = World(seed)
        play(world)
        world.power_cut()
        victims = sorted(path for path in world.disk.names if path.endswith((".jsonl", "checkpoint")))
        if victims:
            node = world.disk.names[world.random.choice(victims)]
            if node.current:
                where = world.random.randrange(len(node.current))
                node.current[where] ^= 1 << world.random.randrange(8)
                node.durable = bytes(node.current)
                flipped += 1
        world.settle()
        assert set(world.engine.events.values()) <= {1}, f"seed {seed}"
        aside = world.set_aside()
        missing = [n for n in world.lost() if world.sent[n].rstrip() not in aside]
        assert len(missing) <= 1, f"seed {seed}"  # the line that was hit itself
    assert flipped > 100


def life(world: World) -> None:
    """A short life that goes through every kind of call once, in the same order every time."""
    for n in range(6):
        world.append(world.workers[n % 2], 3, poison=n == 2)
        world.wait(0.6)
        world.tick("0")
        world.flush()
    world.kill("1")
    world.append("1", 2)
    while world.flush():
        world.wait(2)
        world.tick("0")
        world.tick("1")


def calls_of_a_life() -> int:
    world = World(1)
    life(world)
    return world.disk.calls


@pytest.mark.parametrize("end", [PowerCut, Killed])
def test_ended_at_every_single_call(end):
    calls = calls_of_a_life()
    assert calls > 100
    for number in range(calls):
        world = World(1)
        world.random.choice = lambda options, end=end: end if PowerCut in options else options[0]
        world.disk.cut_in = number
        try:
            life(world)
        except PowerCut:
            world.power_cut()
        except Killed:
            world.kill(world.disk.process)
        else:
            pytest.fail(f"call {number} was never made")
        life(world)
        world.settle()
        assert not world.lost(), f"call {number}"
        assert not world.doubled(), f"call {number}"


@pytest.mark.parametrize("for_good", [False, True], ids=["one call", "all from there on"])
def test_every_single_call_fails(for_good):
    class Failing(SimDisk):
        number = 0

        def call(self, *, may_fail=True):
            super().call(may_fail=may_fail)
            met = self.calls >= self.number if for_good else self.calls == self.number
            if met and may_fail:
                raise OSError(5, "Input/output error")

    for number in range(1, calls_of_a_life() + 1):
        world = World(number, disk_kind=Failing)
        world.disk.number = number
        try:
            for _ in range(2):
                for n in range(4):
                    world.append(world.workers[n % 2], 2)
                    world.wait(0.6)
                    world.tick("0")
                    world.flush()
        except MasaratError as error:
            pytest.fail(f"call {number}: {error}")
        world.disk.number = 1 << 60
        world.settle()
        assert not world.lost(), f"call {number}"
        assert not world.doubled(), f"call {number}"
