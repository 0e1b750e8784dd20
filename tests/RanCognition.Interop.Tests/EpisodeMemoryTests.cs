using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Real calls of a memory through the built library: records in and out.</summary>
public sealed class EpisodeMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>An example: what was done in situations like this one, and how did it go?</summary>
    [Fact]
    public void What_was_experienced_is_recalled_nearest_first_and_explained()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using (EpisodeMemory memory = new())
        {
            StoreResult stored = memory.Store(
            [
                new Episode { Cell = "c1", Situation = [new("RRU.PrbTotDl", 80), new("RRC.ConnMean", 40)], Action = [new("NRCellDU=1", "digitalTilt", 30, 40)], Reward = 0.8, Success = true },
                new Episode { Cell = "c1", Situation = [new("RRU.PrbTotDl", 20), new("RRC.ConnMean", 5)], Reward = 0.1 },
                new Episode { Cell = "c2", Situation = [new("RRU.PrbTotDl", 75), new("RRC.ConnMean", 38)], Reward = -0.5, Success = false },
            ]);
            Assert.Equal([1UL, 2UL, 3UL], stored.Ids);
            Assert.Equal((true, Durability.None), (stored.IsBatch, stored.Durability));
            RecallResult found = memory.Recall(new RecallQuery
            {
                Situation = [new("RRU.PrbTotDl", 79), new("RRC.ConnMean", 41)], K = 2, Explain = true, Filter = new EpisodeFilterBuilder().Equal("cell", "c1").Build(),
            });
            Assert.Equal([1UL, 2UL], found.Hits.Select(hit => hit.Id));
            Assert.True(found.Hits[0].Distance < found.Hits[1].Distance);
            Assert.Equal(2UL, found.Scanned);
            ConfigurationChange change = Assert.Single(found.Hits[0].Episode.Action);
            Assert.Equal(("NRCellDU=1", "digitalTilt", 30, 40), (change.ManagedObject, change.Attribute, change.Before, change.After));
            Assert.Equal(1, found.Hits[0].Why!.Sum(part => part.Share), 9);
        }
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void An_episode_comes_back_as_it_was_given()
    {
        using EpisodeMemory memory = new();
        Episode given = Samples.Episodes(1)[0] with { Vector = [1.5f, -2, 0.1f], Id = 77, Text = "night, energy \"saving\" ☎" };
        Assert.Equal(77UL, Assert.Single(memory.Store(given).Ids));
        Episode back = Assert.Single(memory.Recall(new RecallQuery { Vector = given.Vector, K = 1 }).Hits).Episode;
        Assert.Equal(RanCognition.Json.ContractJson.Write(given), RanCognition.Json.ContractJson.Write(back));
        Assert.Equal(new MetadataValue.Number(9007199254740992, "9007199254740993"), back.Metadata.Members[2].Value);
    }

    [Fact]
    public void Updates_and_removals_are_seen_at_once_and_unknown_ids_are_refused()
    {
        using EpisodeMemory memory = new();
        memory.Store(Samples.Episodes(10));
        UpdateResult updated = memory.Update(new EpisodeUpdate
        {
            Id = 3, Given = EpisodeMembers.Outcome | EpisodeMembers.Reward | EpisodeMembers.Success, Values = new Episode { Outcome = [new("DRB.UEThpDl", 33)], Reward = 9 },
        });
        Assert.Equal((3UL, EpisodeMembers.Outcome | EpisodeMembers.Reward | EpisodeMembers.Success), (updated.Id, updated.Updated));
        Episode best = Assert.Single(memory.Recall(new RecallQuery { Like = 1, K = 1, Filter = new EpisodeFilterBuilder().GreaterOrEqual("reward", 5).Build() }).Hits).Episode;
        Assert.Equal((3UL, 9.0, null, 33.0), (best.Id, best.Reward, best.Success, best.Outcome[0].Value));
        memory.Remove(3);
        Assert.Equal(9UL, memory.GetStats().Episodes);
        Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of<RanCognitionNotFoundException>(() => memory.Remove(3)));
        Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of<RanCognitionNotFoundException>(
            () => memory.Update(new EpisodeUpdate { Id = 3, Given = EpisodeMembers.Cell, Values = new Episode { Cell = "c9" } })));
        Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of<RanCognitionNotFoundException>(() => memory.Recall(new RecallQuery { Like = 3 })));
    }

    [Fact]
    public void Every_condition_of_a_filter_crosses()
    {
        using EpisodeMemory memory = new();
        Episode[] episodes = Samples.Episodes(30);
        memory.Store(episodes);
        Check(new EpisodeFilterBuilder().Equal("metadata.vendor", "a"), (i, _) => i % 2 == 0);
        Check(new EpisodeFilterBuilder().NotEqual("cell", "c1").Greater("reward", 0.5).LessOrEqual("reward", 2), (i, one) => i % 3 != 0 && one.Reward is > 0.5 and <= 2);
        Check(new EpisodeFilterBuilder().Between(Samples.FirstEpisodeNs + 5, Samples.FirstEpisodeNs + 15), (i, _) => i is >= 5 and < 15);
        Check(new EpisodeFilterBuilder().Less("id", 4L).Exists("text"), (i, one) => i < 3 && one.Text.Length > 0);
        Check(new EpisodeFilterBuilder().In("cell", "c1", "c2").NotIn("tags", "t0"), (i, _) => i % 3 != 2);
        Check(new EpisodeFilterBuilder().Contains("tags", "t1").Equal("success", false), (i, _) => i % 4 == 1);
        Check(new EpisodeFilterBuilder().Exists("metadata.missing", false).Equal("metadata.serial", 9_007_199_254_740_994), (i, _) => i == 1);
        Check(new EpisodeFilterBuilder(), (_, _) => true);

        void Check(EpisodeFilterBuilder filter, Func<int, Episode, bool> expected) => Assert.Equal(
            episodes.Index().Where(one => expected(one.Index, one.Item)).Select(one => (ulong)one.Index + 1),
            memory.Recall(new RecallQuery { Situation = [new("RRU.PrbTotDl", 50)], K = 30, Filter = filter.Build() }).Hits.Select(hit => hit.Id).Order());
    }

    [Fact]
    public void The_episodes_are_asked_what_they_say_together()
    {
        using EpisodeMemory memory = new();
        memory.Store(Samples.Episodes(60));
        MemoryAnalysisResult skills = memory.Analyze(new SkillsAnalysis { MinCount = 2 });
        Assert.All(skills.Skills!, skill => Assert.True(skill.Count >= 2 && skill.Lower <= skill.SuccessRate && skill.SuccessRate <= skill.Upper));
        ActionEffect effect = memory.Analyze(new EffectAnalysis { Action = new ActionPattern(null, "digitalTilt", null, null), Outcome = "reward" }).Effect!;
        Assert.Equal((20, 40), (effect.Treated, effect.Control));
        Assert.Equal(effect.Enough, effect.Effect is not null);
        Assert.False(memory.Analyze(new EffectAnalysis { Action = new ActionPattern(null, "txPower", null, null), Outcome = "reward" }).Effect!.Enough);
        Assert.Equal(50UL, memory.Analyze(new PruneAnalysis { MaxRows = 10 }).Removed);
        Assert.Equal(10UL, memory.GetStats().Episodes);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => memory.Analyze(new BackupAnalysis { Path = Path("none.db") })));
    }

    [Fact]
    public void A_file_keeps_what_was_stored_and_has_one_user_at_a_time()
    {
        MemoryOptions options = new() { Path = Path("network.db"), Durability = Durability.Sync, Metric = DistanceMetric.Cosine };
        using (EpisodeMemory memory = new(options))
        {
            Assert.Equal(Durability.Sync, memory.Store(new Episode { Vector = [1, 2, 3], Reward = 1 }).Durability);
            RanCognitionBusyException busy = Assert.Throws<RanCognitionBusyException>(() => new EpisodeMemory(options));
            Assert.Contains($"in use by process {Environment.ProcessId}", busy.Message, StringComparison.Ordinal);
            memory.Flush();
            Assert.True(memory.Analyze(new BackupAnalysis { Path = Path("copy.db") }).BackupBytes > 0);
        }
        foreach (string file in new[] { "network.db", "copy.db" })
        {
            using EpisodeMemory again = new(new MemoryOptions { Path = Path(file) });
            MemoryStats stats = again.GetStats();
            Assert.Equal((1UL, 3, DistanceMetric.Cosine, Path(file)), (stats.Episodes, stats.Dimension, stats.Metric, stats.Path));
            Assert.Equal(1, Assert.Single(again.Search([1, 2, 3], 1)).Reward);
        }
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.OfNew(() => new EpisodeMemory(options with { Metric = DistanceMetric.L2 })));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.OfNew(() => new EpisodeMemory(new MemoryOptions { Path = Path("none/network.db") })));
    }

    [Fact]
    public void A_shared_database_that_is_out_of_reach_is_an_IOException_and_nothing_is_lost()
    {
        using EpisodeMemory memory = new(new MemoryOptions { Path = Path("shared.db"), Postgres = "Host=127.0.0.1;Port=1;Timeout=1", Site = "s1" });
        Assert.Equal(Durability.Group, memory.Store(new Episode { Vector = [1, 2] }).Durability);
        RanCognitionStorageException error = Assert.Throws<RanCognitionStorageException>(memory.Flush);
        Assert.Equal(RanCognitionStatus.Storage, error.Status);
        Assert.IsAssignableFrom<IOException>(error);
        Assert.StartsWith("postgres: ", error.Message, StringComparison.Ordinal);
        MemoryStats stats = memory.GetStats();
        Assert.Equal((1UL, "s1", error.Message), (stats.Episodes, stats.Site, stats.PeerError));
    }

    [Fact]
    public void What_cannot_be_stored_is_refused_by_its_place_and_nothing_is()
    {
        using EpisodeMemory memory = new(new MemoryOptions { Dimension = 3 });
        foreach ((string place, Episode episode) in new (string, Episode)[]
        {
            ("episode: /1", new Episode()), ("episode/1/vector", new Episode { Vector = [1, 2] }), ("episode: /1/vector/1", new Episode { Vector = [1, float.NaN, 3] }),
            ("episode: /1/situation", new Episode { Situation = [new("RRU.PrbTotDl", double.PositiveInfinity)] }),
        })
        {
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(() => memory.Store([new Episode { Vector = [1, 2, 3] }, episode])));
            Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0UL, memory.GetStats().Episodes);
        Assert.Throws<ArgumentException>(() => memory.Recall(new RecallQuery { Vector = [1, 2, 3], Filter = new EpisodeFilterBuilder().NotEqual("cell", "c1").NotEqual("cell", "c2").Build() }));
    }

    [Fact]
    public void A_memory_that_was_disposed_of_takes_no_more()
    {
        EpisodeMemory memory = new();
        memory.Store("""{"vector":[1]}""");
        memory.Dispose();
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.GetStats());
        Assert.Throws<ObjectDisposedException>(() => memory.Append([new EpisodeRow { Vector = new float[] { 1 } }]));
    }
}
