using System.Runtime.CompilerServices;
using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Asynchronous calls, cancellation, and callbacks of the application.</summary>
public sealed class EpisodeMemoryCallTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    [Fact]
    public async Task Calls_run_side_by_side_and_give_what_the_synchronous_ones_give()
    {
        using EpisodeMemory memory = new(new MemoryOptions { Path = Path("a.db") });
        StoreResult[] stored = await Task.WhenAll(Samples.Episodes(20).Select(episode => memory.StoreAsync(episode))).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (ulong)i), stored.Select(one => one.Ids[0]).Order());
        Assert.Equal(2, (await memory.StoreAsync(Samples.Episodes(2)).WaitAsync(Patience)).Ids.Count);
        Assert.StartsWith("{", await memory.StoreAsync("""{"situation":{"RRU.PrbTotDl":5}}""").WaitAsync(Patience), StringComparison.Ordinal);
        ulong appended = Assert.Single(await memory.AppendAsync(new EpisodeRow[] { new() { Vector = new float[] { 1, 2 } } }).WaitAsync(Patience));
        Assert.Equal(24UL, appended);
        RecallQuery query = new() { Like = 5, K = 7 };
        Assert.Equal(memory.Recall(query).Hits.Select(hit => hit.Id), (await memory.RecallAsync(query).WaitAsync(Patience)).Hits.Select(hit => hit.Id));
        Assert.Contains("\"hits\"", await memory.RecallAsync("""{"like":5}""").WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Equal(EpisodeMembers.Reward, (await memory.UpdateAsync(new EpisodeUpdate { Id = 5, Given = EpisodeMembers.Reward, Values = new Episode { Reward = 2 } }).WaitAsync(Patience)).Updated);
        Assert.Contains("\"updated\":[\"text\"]", await memory.UpdateAsync("""{"id":5,"text":"t"}""").WaitAsync(Patience), StringComparison.Ordinal);
        await memory.RemoveAsync(5).WaitAsync(Patience);
        await Assert.ThrowsAsync<RanCognitionNotFoundException>(() => memory.RemoveAsync(5));
        Assert.NotNull((await memory.AnalyzeAsync(new SkillsAnalysis { MinCount = 2 }).WaitAsync(Patience)).Skills);
        Assert.Contains("\"removed\":0", await memory.AnalyzeAsync("""{"op":"prune","max_rows":1000}""").WaitAsync(Patience), StringComparison.Ordinal);
        await memory.FlushAsync().WaitAsync(Patience);
        Assert.Equal(23UL, memory.GetStats().Episodes);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_begins_nothing()
    {
        using EpisodeMemory memory = new();
        using CancellationTokenSource source = new();
        source.Cancel();
        foreach (Func<Task> call in new Func<Task>[]
        {
            () => memory.StoreAsync(Samples.Episodes(1)[0], source.Token), () => memory.AppendAsync(new EpisodeRow[] { new() { Vector = new float[] { 1 } } }, null, source.Token),
            () => memory.FlushAsync(source.Token), () => memory.RecallAsync(new RecallQuery { Text = "x" }, source.Token), () => memory.AnalyzeAsync(new SkillsAnalysis(), null, source.Token),
            () => memory.RemoveAsync(1, source.Token), () => memory.UpdateAsync("""{"id":1,"text":"t"}""", source.Token),
        })
        {
            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
            Assert.Equal(source.Token, error.CancellationToken);
        }
        Assert.Equal(0UL, memory.GetStats().Episodes);
    }

    [Fact]
    public async Task A_backup_tells_its_progress_and_ends_when_it_is_cancelled()
    {
        using EpisodeMemory memory = new(new MemoryOptions { Path = Path("a.db") });
        memory.Store(Samples.Episodes(500));
        List<double> shares = [];
        await memory.AnalyzeAsync(new BackupAnalysis { Path = Path("whole.db") }, new Direct(shares.Add)).WaitAsync(Patience);
        Assert.NotEmpty(shares);
        Assert.Equal(shares.Order(), shares);
        using CancellationTokenSource source = new();
        Task<MemoryAnalysisResult> call = memory.AnalyzeAsync(new BackupAnalysis { Path = Path("part.db") }, new Direct(_ => source.Cancel()), source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token), (call.IsCanceled, error.CancellationToken));
        Assert.False(File.Exists(Path("part.db")));
        Assert.Equal(500UL, memory.GetStats().Episodes);
        Task thrown = memory.AnalyzeAsync(new BackupAnalysis { Path = Path("part.db") }, new Direct(_ => throw new InvalidTimeZoneException("progress")));
        Assert.Equal("progress", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => thrown.WaitAsync(Patience))).Message);
    }

    [Fact]
    public void The_clock_of_the_application_is_used_and_what_it_throws_comes_out()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        bool armed = false;
        InvalidTimeZoneException thrown = new("now");
        using EpisodeMemory memory = new("", new Host { Now = () => armed ? throw thrown : 1_800_000_000_000_000_000UL });
        memory.Store(new Episode { Vector = [1] });
        Assert.Equal(1_800_000_000_000_000_000UL, Assert.Single(memory.Search([1], 1)).TimeNs);
        armed = true;
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => memory.Recall(new RecallQuery { Vector = [1] })));
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => memory.Store("""{"vector":[1]}""")));
        armed = false;
        Assert.Single(memory.Recall(new RecallQuery { Vector = [1], K = 1 }).Hits);   // nothing of it stays behind
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void Callbacks_survive_collections_and_a_memory_to_which_only_they_refer_is_collected()
    {
        using (EpisodeMemory memory = Make())
        {
            Collect();
            Assert.Equal([1UL], memory.Store(new Episode { Vector = [1] }).Ids);
        }
        WeakReference forgotten = Forget();
        for (int i = 0; i < 10 && forgotten.IsAlive; i++)
        {
            Collect();
        }
        Assert.False(forgotten.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static EpisodeMemory Make()
        {
            object captured = new();
            return new EpisodeMemory("", new Host
            {
                Now = () =>
                {
                    Collect();
                    return captured is null ? 0 : RanCognitionLibrary.NanoTime;
                },
            });
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Forget()
        {
            EpisodeMemory? memory = null;
            memory = new EpisodeMemory("", new Host { Now = () => memory is null ? 1 : RanCognitionLibrary.NanoTime });
            memory.Store("""{"vector":[1]}""");
            return new WeakReference(memory);
        }
    }

    [Fact]
    public async Task A_memory_that_is_disposed_of_during_calls_finishes_them_or_says_why_not()
    {
        EpisodeMemory memory = new(new MemoryOptions { Path = Path("a.db") });
        Task<StoreResult>[] calls = [.. Samples.Episodes(40).Select(episode => memory.StoreAsync(episode))];
        memory.Dispose();
        ulong kept = 0;
        foreach (Task<StoreResult> call in calls)
        {
            Exception? error = await Record.ExceptionAsync(() => call.WaitAsync(Patience));
            Assert.True(error is null or ObjectDisposedException, $"{error}");
            kept += error is null ? 1UL : 0;
        }
        using EpisodeMemory again = new(new MemoryOptions { Path = Path("a.db") });
        Assert.Equal(kept, again.GetStats().Episodes);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
