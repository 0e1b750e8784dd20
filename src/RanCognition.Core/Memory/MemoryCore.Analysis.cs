using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Learning;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory;

public sealed partial class MemoryCore
{
    /// <summary>What the episodes say together, and what is done to them together.</summary>
    public MemoryAnalysisResult Analyze(MemoryAnalysis request)
    {
        using UseCount.Use use = Enter();
        ulong start = _host.NowNanoseconds();
        MemoryAnalysisResult result = request switch
        {
            SkillsAnalysis skills => new MemoryAnalysisResult { Skills = SkillDistiller.Distill(Facts(skills.Filter), skills, start, share => _host.Progress(share, "distilling skills")) },
            EffectAnalysis effect => new MemoryAnalysisResult { Effect = EffectEstimator.Estimate(Facts(effect.Filter), effect, share => _host.Progress(share, "estimating the effect")) },
            PruneAnalysis prune => new MemoryAnalysisResult { Removed = Prune(prune, start) },
            BackupAnalysis backup => new MemoryAnalysisResult { BackupBytes = Backup(backup) },
            _ => throw new InvalidInputException("request", "is of no known kind"),
        };
        return result with { Ignored = request.Ignored, ExecutionTime = Elapsed(start) };
    }

    private List<EpisodeFacts> Facts(EpisodeFilter filter)
    {
        FilterEngine.Validate(filter);
        _host.Progress(0, "reading episodes");   // not under the lock: it may use this memory
        using ReadScope scope = new(_lock);
        return FactCollector.Collect(_state, _store, _codec, filter);
    }

    private ulong Prune(PruneAnalysis prune, ulong nowNs)
    {
        FilterEngine.Validate(prune.Filter);
        IReadOnlyList<ulong> ids;
        using (ReadScope scope = new(_lock))
        {
            ids = ChooseToPrune(prune, nowNs);
        }
        // What another thread removed since is passed over.
        RemoveWrite write = new(ids, mustExist: false) { Durability = _options.Durability };
        _writes.Submit(write);
        return write.Removed;
    }

    private ulong[] ChooseToPrune(PruneAnalysis prune, ulong nowNs)
    {
        using SelectedRows selected = _state.Filters.Select(prune.Filter, null);
        List<ulong> ids = [], times = [];
        List<double> rewards = [];
        for (int row = 0; row < _state.Table.Rows; row++)
        {
            if (selected.Contains(row))
            {
                ids.Add(_state.Table.Ids[row]);
                times.Add(_state.Table.Times[row]);
                rewards.Add(_state.Table.Rewards[row]);
            }
        }
        int[] going = Pruning.Choose(CollectionsMarshal.AsSpan(ids), CollectionsMarshal.AsSpan(times), CollectionsMarshal.AsSpan(rewards), prune, nowNs);
        return [.. going.Select(i => ids[i])];
    }

    private ulong Backup(BackupAnalysis backup)
    {
        if (_options.Path is null)
        {
            InvalidInputException.Throw("request/path", "a memory without a file has nothing to copy");
        }
        return _store.Backup(backup.Path, fraction => _host.Progress(fraction, "copying the memory"));
    }
}
