using RanCognition.Cognition.Journal;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Memory.Storage;
using RanCognition.Tests.Memory.Storage;

namespace RanCognition.Tests.Cognition;

public class DecisionJournalTests
{
    [Fact]
    public void Every_value_comes_back_to_the_bit_after_the_file_was_closed()
    {
        using var file = new JournalFile();
        using (MemoryCore memory = file.Open())
        {
            var journal = new DecisionJournal(memory, DecisionCodec.Instance);
            for (ulong id = 1; id <= 60; id++)
            {
                Assert.Equal(id, journal.NextId);
                journal.Put(JournalSamples.Record(id, 0));
            }
            for (ulong id = 1; id <= 60; id += 2)
            {
                journal.Put(JournalSamples.Record(id, 1), JournalSamples.Episode(id));
            }
        }
        using MemoryCore again = file.Open();
        var read = new DecisionJournal(again, DecisionCodec.Instance);
        Assert.Equal(60, read.Count);
        Assert.Equal(61UL, read.NextId);
        Assert.Equal(30UL, again.Count);
        for (ulong id = 1; id <= 60; id++)
        {
            JournalSamples.AssertSame(JournalSamples.Record(id, id % 2 == 1 ? 1 : 0), read.Find(id));
        }
        Assert.Null(read.Find(0));
        Assert.Null(read.Find(61));
        Assert.Equal(Enumerable.Range(1, 60).Select(i => (ulong)i), read.Records().Select(record => record.Id));
    }

    [Fact]
    public void Without_a_file_it_is_the_same_but_for_what_outlives_it()
    {
        var journal = new DecisionJournal(null, DecisionCodec.Instance);
        journal.Put(JournalSamples.Record(1, 0));
        ulong bytes = journal.Bytes;
        journal.Put(JournalSamples.Record(2, 0));
        journal.Put(JournalSamples.Record(1, 2));
        JournalSamples.AssertSame(JournalSamples.Record(1, 2), journal.Find(1));
        Assert.Equal(2, journal.Count);
        Assert.True(journal.Bytes > bytes && bytes > 0);
    }

    [Fact]
    public void The_oldest_that_are_closed_are_forgotten_and_their_ids_never_given_again()
    {
        using var file = new JournalFile();
        using (MemoryCore memory = file.Open())
        {
            var journal = new DecisionJournal(memory, DecisionCodec.Instance, decisionsMax: 10);
            for (ulong id = 1; id <= 10; id++)
            {
                journal.Put(Executed(id, id is 3 or 7 ? DecisionStatus.Kept : id == 5 ? DecisionStatus.RolledBack : DecisionStatus.RollBackAdvised));
            }
            foreach ((ulong added, ulong gone) in ((ulong, ulong)[])[(11, 3), (12, 5), (13, 7)])
            {
                journal.Put(Executed(added, DecisionStatus.Open));
                Assert.Equal(10, journal.Count);
                Assert.Null(journal.Find(gone));
                Assert.NotNull(journal.Find(added));
            }
            // All that are left changed the network and are open: none of them may go.
            var full = Assert.Throws<LimitExceededException>(() => journal.Put(Executed(14, DecisionStatus.Open)));
            Assert.StartsWith("problem: 10 decisions are open", full.Message, StringComparison.Ordinal);
            Assert.Equal(14UL, journal.NextId);
            journal.Put(Executed(1, DecisionStatus.Kept));
            journal.Put(Executed(14, DecisionStatus.Open));
        }
        using MemoryCore again = file.Open();
        var read = new DecisionJournal(again, DecisionCodec.Instance, decisionsMax: 10);
        Assert.Equal([2, 4, 6, 8, 9, 10, 11, 12, 13, 14], read.Records().Select(record => record.Id));
        Assert.Equal(15UL, read.NextId);
    }

    [Fact]
    public void Open_ones_that_changed_nothing_go_before_a_decision_is_refused()
    {
        var journal = new DecisionJournal(null, DecisionCodec.Instance, decisionsMax: 2);
        for (ulong id = 1; id <= 500; id++)
        {
            journal.Put(JournalSamples.Record(id, 0) with { Mode = DecisionMode.Shadow });
        }
        Assert.Equal([499, 500], journal.Records().Select(record => record.Id));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_journal_as_it_was()
    {
        using var file = new JournalFile();
        using MemoryCore memory = file.Open();
        var journal = new DecisionJournal(memory, DecisionCodec.Instance);
        journal.Put(JournalSamples.Record(1, 0));
        Episode bad = JournalSamples.Episode(1) with { Situation = [], Vector = [] };
        Assert.Throws<InvalidInputException>(() => journal.Put(JournalSamples.Record(1, 1), bad));
        JournalSamples.AssertSame(JournalSamples.Record(1, 0), journal.Find(1));
        JournalSamples.AssertSame(JournalSamples.Record(1, 0), new DecisionJournal(memory, DecisionCodec.Instance).Find(1));
        Assert.Equal(0UL, memory.Count);
    }

    [Theory]
    [InlineData("UPDATE decision SET document = document || ' ' WHERE id = 2", "path: the file is damaged: decision 2")]
    [InlineData("UPDATE decision SET checksum = checksum + 1 WHERE id = 1", "path: the file is damaged: decision 1")]
    [InlineData("UPDATE decision SET id = 9 WHERE id = 3", "path: the file is damaged: decision 9")]
    public void Damage_is_told_and_never_taken_for_a_decision(string damage, string message)
    {
        using var file = new JournalFile();
        using (MemoryCore memory = file.Open())
        {
            var journal = new DecisionJournal(memory, DecisionCodec.Instance);
            for (ulong id = 1; id <= 3; id++)
            {
                journal.Put(JournalSamples.Record(id, 0));
            }
        }
        StoreOpeningTests.Change(file.Path, damage);
        using MemoryCore again = file.Open();
        Assert.Equal(message, Assert.Throws<StorageException>(() => new DecisionJournal(again, DecisionCodec.Instance)).Message);
    }

    [Fact]
    public void A_file_of_the_first_version_gets_a_journal_and_keeps_its_episodes()
    {
        using var test = new TestStore();
        using (SqliteEpisodeStore store = test.Open(steps: [StoreSchema.Steps[0]]))
        {
            store.Commit(TestStore.Adds(1, 20), Durability.Group);
        }
        using (MemoryCore memory = new(new MemoryOptions { Path = test.File }, EpisodeCodec.Instance, new FixedHost()))
        {
            Assert.Equal(20UL, memory.Count);
            var journal = new DecisionJournal(memory, DecisionCodec.Instance);
            Assert.Equal(0, journal.Count);
            journal.Put(JournalSamples.Record(1, 0));
        }
        TestStore.AssertHas(test.Open(), Enumerable.Range(1, 20).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i)));
    }

    private static DecisionRecord Executed(ulong id, DecisionStatus status) => JournalSamples.Record(id, 0) with
    {
        Mode = DecisionMode.Autonomous,
        Executed = true,
        Status = status,
    };
}
