using RanCognition.Cognition.Deciding;
using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Integration;
using RanCognition.Cognition.Journal;
using RanCognition.Cognition.Learning;
using RanCognition.Cognition.Networks;
using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Recalling;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Cognition;

/// <summary>Accountable decisions: what ails a network, what could be done, what would come of it, whether it may be done, and what came of it.</summary>
/// <remarks>
/// Not thread-safe: one call at a time. What it has learned is a fold over the records of its journal, so that a core that opens the file again knows what the one before knew. A call that throws has
/// changed nothing.
/// </remarks>
public sealed class CognitiveCore : IDisposable
{
    private readonly CognitiveOptions _options;
    private readonly IHost _host;
    private readonly SimdOps _kernels;
    private readonly EpisodeBook _episodes;
    private readonly DecisionJournal _journal;
    private readonly HistoryKeeper _history;
    private readonly ActionLog _executed = new();
    private readonly ResponseBook _responses = new();
    private readonly DecisionLearning _learning = new();
    private readonly NetworkCache _networks = new();
    private IReadOnlyList<MetricGrid> _watched = [];   // series of the latest problem
    private ulong _reports;

    /// <param name="options">What it is to be.</param>
    /// <param name="episodes">Writes and reads what is kept of an episode.</param>
    /// <param name="decisions">Writes and reads what is kept of a decision.</param>
    /// <param name="host">Clock, random numbers and progress.</param>
    /// <param name="settings">What it may use of the machine; null = everything.</param>
    public CognitiveCore(CognitiveOptions options, IEpisodeCodec episodes, IDecisionCodec decisions, IHost host, CoreSettings? settings = null)
    {
        _options = options;
        _kernels = (settings ?? CoreSettings.Default).Kernels;
        _host = host;
        _episodes = new EpisodeBook(options.Path, episodes, host);
        try
        {
            _journal = new DecisionJournal(_episodes.Kept, decisions);
            _history = new HistoryKeeper(_episodes.Kept);
            Relearn();
            Reopened();
        }
        catch
        {
            _episodes.Dispose();
            throw;
        }
    }

    /// <summary>What it holds, about.</summary>
    public ulong MemoryBytes => _episodes.MemoryBytes + _history.Bytes + _journal.Bytes;

    /// <summary>Decisions that it remembers.</summary>
    public int Count => _journal.Count;

    public ulong Episodes => _episodes.Count;

    public ulong HistorySamples => _history.Samples;

    public Decision Decide(DecisionProblem question, IReadOnlyList<Constraint> constraints) => Decide(question, constraints, null);

    /// <summary>Takes what came of a decision.</summary>
    public OutcomeReply ReportOutcome(DecisionOutcome outcome)
    {
        ulong startNs = _host.NowNanoseconds();
        DecisionRecord before = Find(outcome.DecisionId);
        OutcomeJudgement judgement = OutcomeJudge.Judge(before, outcome, outcome.TimeNs ?? startNs);
        if (judgement.IsFinal && before.ReportSequence == 0)
        {
            DecisionRecord record = judgement.Record with { ReportSequence = _reports + 1 };
            _episodes.StoreInProcess(record);   // first what may fail: the journal's step cannot, unless there is a file, and then this does nothing
            _journal.Put(record, _episodes.Keeps && record.Situation.Count > 0 ? EpisodeBook.EpisodeOf(record) : null);
            _reports++;
            Changed(before, record);
            Learn(record);
        }
        else if (judgement.Record.Executed != before.Executed)
        {
            _journal.Put(judgement.Record, null);
            Changed(before, judgement.Record);
        }
        return judgement.Reply([.. OptionIgnored(), .. outcome.Ignored], _host.NowNanoseconds() - startNs);
    }

    /// <summary>How to undo a decision.</summary>
    public RollbackReply Rollback(ulong decisionId)
    {
        ulong startNs = _host.NowNanoseconds();
        DecisionRecord record = Find(decisionId);
        if (record.Status != DecisionStatus.RolledBack && record.Actions.Count > 0)
        {
            DecisionRecord undone = record with { Status = DecisionStatus.RolledBack };
            _journal.Put(undone, null);
            Changed(record, undone);
        }
        return new RollbackReply { DecisionId = decisionId, Restore = RestoreList.Of(record.Actions), ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    /// <summary>Takes measurements into the history.</summary>
    public IngestReport Ingest(MeasurementBatch batch)
    {
        _history.Take(batch);
        return batch.Report;
    }

    /// <summary>What it knows of itself.</summary>
    public CognitiveState GetState()
    {
        ulong startNs = _host.NowNanoseconds();
        return new CognitiveState
        {
            ConsciousnessLevel = _learning.Skill,
            Calibration = _learning.Calibration(),
            Coverage = _learning.Coverage,
            Decisions = _learning.Decisions,
            Vetoes = _learning.Vetoes,
            Regret = _learning.Regret,
            Integration = GaussianIntegration.Measure(_watched.Count > 0 ? _watched : _history.Newest(AlignedSeries.CandidatesMax)),
            Episodes = _episodes.Count,
            HistorySamples = _history.Samples,
            Ignored = OptionIgnored(),
            ExecutionTime = _host.NowNanoseconds() - startNs,
        };
    }

    public void Dispose() => _episodes.Dispose();

    /// <summary>Its file was opened: of the series of the latest problem it has those that were ingested.</summary>
    internal void Reopened() => _watched = WatchedSeries.OfLatest(_journal.Records(), (network, metric) => _history.Find(_history.NetworkFor(network), metric));

    /// <param name="question">What to decide.</param>
    /// <param name="constraints">Further targets.</param>
    /// <param name="answers">The host's model; null = the network of the question, or none.</param>
    internal Decision Decide(DecisionProblem question, IReadOnlyList<Constraint> constraints, IOutcomeAnswers? answers)
    {
        ulong startNs = _host.NowNanoseconds();
        ulong id = _journal.NextId;
        ulong seed = question.Problem.Seed ?? (_options.Seed is { } own ? own ^ (id * 0x9E3779B97F4A7C15) : _host.RandomUInt64());
        string network = _history.NetworkFor(question.Problem.NetworkId);
        SeriesBook series = new(question.Problem, metric => _history.Find(network, metric)) { Gathered = _history.MetricsOf(network) };
        SituationView view = SituationViews.Make(question, series, question.TimeNs ?? startNs, seed, new TimeBudget(_host, startNs, question.Problem.DeadlineNs), _kernels);
        List<IgnoredField> ignored = OptionIgnored();
        if (question.Problem.History.Count == 0 && _history.LeavesOpen(network))
        {
            ignored.Add(new IgnoredField("/network_id", "history of several networks is kept, and none is named"));
        }
        DecisionTools tools = new()
        {
            Host = _host,
            Episodes = _episodes,
            Executed = _executed,
            Responses = _responses,
            Learning = _learning,
            Networks = _networks,
            HostAnswers = answers,
        };
        MadeDecision made = new DecisionMaker(tools, view, id, ignored).Decide(constraints);
        _journal.Put(made.Record, null);
        _learning.Opened(made.Record);
        Note(made.Record);
        if (made.Watched.Count > 0)
        {
            _watched = made.Watched;
        }
        return made.Finish(_host.NowNanoseconds() - startNs);
    }

    private DecisionRecord Find(ulong id) =>
        _journal.Find(id) ?? throw new NotFoundException("decision_id", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"there is no decision {id}"));

    private void Changed(DecisionRecord before, DecisionRecord after)
    {
        _learning.Changed(before, after);
        Note(after);
    }

    /// <summary>What is executed counts for guards.</summary>
    private void Note(DecisionRecord record)
    {
        if (ActionLog.IsExecuted(record))
        {
            _executed.Add(record);
        }
        else
        {
            _executed.Remove(record);
        }
    }

    private void Learn(DecisionRecord record)
    {
        _learning.Learn(record);
        _responses.Learn(record);
    }

    /// <summary>All that the journal tells, in the order in which it was learned.</summary>
    private void Relearn()
    {
        List<DecisionRecord> reported = [];
        foreach (DecisionRecord record in _journal.Records())
        {
            _learning.Opened(record);
            Note(record);
            if (record.ReportSequence > 0)
            {
                reported.Add(record);
            }
        }
        reported.Sort(static (left, right) => left.ReportSequence.CompareTo(right.ReportSequence));
        foreach (DecisionRecord record in reported)
        {
            Learn(record);
            _reports = record.ReportSequence;
        }
    }

    private List<IgnoredField> OptionIgnored()
    {
        List<IgnoredField> all = [];
        foreach (IgnoredField field in _options.Ignored)
        {
            all.Add(new IgnoredField("/options" + field.Field, field.Reason));
        }
        return all;
    }
}
