using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

/// <summary>A question with histories, and what is asked of its outlook.</summary>
internal sealed class OutlookScene
{
    public const ulong StepNs = 900_000_000_000;
    public const ulong StartNs = 1_700_000_000_000_000_000;
    public const string Late = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq";
    public const string Early = "NRCellRelation=1-2/HO.IntraSys.TooEarly / NRCellRelation=1-2/MM.HoExeInterReq";

    private readonly List<KeyValuePair<string, MetricHistory>> _history = [];
    private readonly List<KeyValuePair<string, double>> _present = [];
    private int _longest;

    public Limits Targets { get; } = new();

    public List<MetricReference> Objectives { get; } = [];

    public List<CauseFinding> Causes { get; } = [];

    public ResponseBook Book { get; init; } = new();

    public ulong Seed { get; init; } = 1;

    public int Window { get; init; } = 4;

    public ulong PeriodNs { get; init; } = StepNs;

    public ulong? DeadlineNs { get; init; }

    /// <summary>How many candidates the caller gives.</summary>
    public int Candidates { get; init; }

    public Scales Widths { get; } = new();

    public IOutcomeAnswers? Answers { get; init; }

    public OutlookScene With(string metric, params double[] values)
    {
        _history.Add(new(metric, new MetricHistory { StartNs = StartNs, StepNs = PeriodNs, Values = values }));
        _longest = Math.Max(_longest, values.Length);
        return this;
    }

    public OutlookScene Now(string metric, double value)
    {
        _present.Add(new(metric, value));
        return this;
    }

    public OutlookScene AtMost(string metric, double limit)
    {
        Targets.Add(MetricReference.FromKey(metric)!, limit, false);
        return this;
    }

    public OutlookScene AtLeast(string metric, double limit)
    {
        Targets.Add(MetricReference.FromKey(metric)!, limit, true);
        return this;
    }

    public OutlookModel Model() => Build(View());

    public OutlookModel Build(SituationView view) => new(view, Targets, Objectives, Causes, Book, Widths, Answers);

    public SituationView View()
    {
        RanProblem problem = new() { History = _history, CurrentState = _present };
        return new SituationView
        {
            Kernels = SimdOps.Vector,
            Question = new DecisionProblem { Problem = problem, Candidates = Candidates == 0 ? null : new IReadOnlyList<ConfigurationChange>[Candidates] },
            TimeNs = StartNs + PeriodNs * (ulong)Math.Max(0, _longest - 1),
            Seed = Seed,
            ObserveNs = PeriodNs * (ulong)Window,
            Series = new SeriesBook(problem, _ => null),
            Configuration = new ConfigurationView([]),
            Budget = new TimeBudget(new FixedHost(StartNs), StartNs, DeadlineNs),
        };
    }

    public static ConfigurationChange Offset(double before, double after, string relation = "NRCellRelation=1-2") =>
        new(relation, "cellIndividualOffset", before, after);

    public static MetricExpectation Of(Outlook outlook, string metric) => outlook.Expected.Single(expected => expected.Metric == metric);

    /// <summary>Targets of the form metric at most, or at least, a limit; a target on an unknown value cannot be judged.</summary>
    public sealed class Limits : ITargetJudge
    {
        private readonly List<MetricReference> _references = [];
        private readonly List<(int Reference, double Limit, bool IsLeast)> _limits = [];

        public IReadOnlyList<MetricReference> References => _references;

        public int Count => _limits.Count;

        public int Judged { get; private set; }

        public void Add(MetricReference reference, double limit, bool isLeast)
        {
            if (!_references.Contains(reference))
            {
                _references.Add(reference);
            }
            _limits.Add((_references.IndexOf(reference), limit, isLeast));
        }

        public bool? Holds(int target, ReadOnlySpan<double> values)
        {
            Judged++;
            (int reference, double limit, bool isLeast) = _limits[target];
            double value = values[reference];
            return double.IsNaN(value) ? null : isLeast ? value >= limit : value <= limit;
        }

        public bool Reads(int target, int reference) => _limits[target].Reference == reference;
    }

    public sealed class Scales : IIntervalScales
    {
        public Dictionary<string, double> Known { get; } = [];

        public double ScaleOf(string metricFamily, bool changed) => Known.GetValueOrDefault(metricFamily, 1);
    }

    /// <summary>Answers by a function of the sum of all offsets after the changes.</summary>
    public sealed class Answering(Func<double, string, double> value) : IOutcomeAnswers
    {
        public double[] Values(IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics)
        {
            double sum = actions.Sum(action => ((MetadataValue.Number)action.After!).Value);
            return [.. metrics.Select(metric => value(sum, metric))];
        }
    }
}
