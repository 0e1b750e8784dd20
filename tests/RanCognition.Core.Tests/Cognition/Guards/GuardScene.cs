using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Tests.Cognition;

/// <summary>A situation for guards.</summary>
internal sealed class GuardScene
{
    public const ulong Now = 1_700_000_000_000_000_000;
    public const ulong Minute = 60_000_000_000;

    public GuardSettings Settings { get; set; } = new();

    public List<string> Protected { get; } = [];

    public List<AttributeSetting> Configuration { get; } = [];

    /// <summary>Handovers by relation.</summary>
    public List<KeyValuePair<string, double>> Attempts { get; } = [];

    public List<ControlCommand> Commands { get; } = [];

    public List<KeyValuePair<string, MetricHistory>> History { get; } = [];

    public ActionLog Log { get; } = new();

    public string ProblemType { get; set; } = "MRO";

    public ulong ObserveNs { get; set; } = 60 * Minute;

    public static ConfigurationChange Change(string managedObject, string attribute, MetadataValue? after, MetadataValue? before = null) => new(managedObject, attribute, before, after);

    public static ConfigurationChange Offset(string relation, double after, double before = 0) => new("NRCellRelation=" + relation, "cellIndividualOffset", before, after);

    public static DecisionRecord Record(ulong id, ulong timeNs, params ConfigurationChange[] actions) =>
        new() { Id = id, TimeNs = timeNs, Mode = DecisionMode.Autonomous, ProblemType = "MRO", ObserveNs = 60 * Minute, Actions = actions };

    public SituationView View()
    {
        RanProblem problem = new() { ProblemType = ProblemType, History = History };
        return new SituationView
        {
            Kernels = SimdOps.Vector,
            Question = new DecisionProblem { Problem = problem, Guards = Settings, Protected = Protected, Configuration = Configuration, Commands = Commands, TimeNs = Now },
            TimeNs = Now,
            Seed = 1,
            ObserveNs = ObserveNs,
            Series = new SeriesBook(problem, _ => null),
            Configuration = new ConfigurationView(Configuration),
            Budget = new TimeBudget(new FixedHost(), 0, null),
        };
    }

    public GuardOutcome Examine(params ConfigurationChange[] changes) => new GuardKeeper(View(), Attempts, Log).Examine(changes);

    /// <summary>Names of the guards that veto.</summary>
    public string Vetoes(params ConfigurationChange[] changes) => string.Join(' ', Examine(changes).Vetoes());
}
