using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Tests.Cognition;

/// <summary>Builds situations for causes and proposals.</summary>
internal sealed class CauseSituation
{
    public const ulong Quarter = 900_000_000_000;
    public const ulong Start = 1_700_000_100_000_000_000 / Quarter * Quarter;

    private readonly List<KeyValuePair<string, MetricHistory>> _history = [];
    private readonly List<KeyValuePair<string, double>> _present = [];
    private readonly List<AttributeSetting> _settings = [];
    private readonly Dictionary<string, MetricGrid> _gathered = [];

    public string ProblemType { get; init; } = "";

    public GuardSettings Guards { get; init; } = new();

    /// <summary>What names are written as.</summary>
    public Func<string, string> Naming { get; set; } = name => name;

    public CauseSituation History(string metric, double[] values, ulong start = Start, ulong step = Quarter)
    {
        _history.Add(new(Naming(metric), new MetricHistory { StartNs = start, StepNs = step, Values = values }));
        return this;
    }

    public CauseSituation Constant(string metric, double value, int periods = 24) => History(metric, Enumerable.Repeat(value, periods).ToArray());

    public CauseSituation Present(string metric, double value)
    {
        _present.Add(new(Naming(metric), value));
        return this;
    }

    public CauseSituation Setting(string managedObject, string attribute, MetadataValue value)
    {
        _settings.Add(new AttributeSetting(Naming(managedObject), attribute, value));
        return this;
    }

    public CauseSituation Gathered(string metric, double[] values, ulong start = Start, ulong step = Quarter)
    {
        metric = Naming(metric);
        _gathered[metric] = new MetricGrid { Metric = metric, StartNs = start, StepNs = step, Values = values, Source = "observed" };
        return this;
    }

    public SituationView View()
    {
        RanProblem problem = new() { ProblemType = ProblemType, History = _history, CurrentState = _present };
        return new SituationView
        {
            Kernels = SimdOps.Vector,
            Question = new DecisionProblem { Problem = problem, Guards = Guards, Configuration = _settings },
            TimeNs = Start + 48 * Quarter,
            Seed = 1,
            ObserveNs = 4 * Quarter,
            Series = new SeriesBook(problem, metric => _gathered.GetValueOrDefault(metric)) { Gathered = _gathered.Keys },
            Configuration = new ConfigurationView(_settings),
            Budget = new TimeBudget(new FixedHost(), 0, null),
        };
    }
}
