using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Optimization.Son;

/// <summary>MRO: a3-Offset, hysteresis, timeToTrigger and, where wanted, cell individual offsets under which users that move lose their connection least.</summary>
/// <remarks>
/// Knobs: for all cells together, or for each: <c>a3Offset</c> (dB, -6..10 in steps of 0.5), <c>hysteresis</c> (dB, 0..6 in steps of 0.5), <c>timeToTrigger</c> (ms, the 16 values of TS 38.331); for each relation
/// that was named <c>cellIndividualOffset</c> (dB). Objective: <c>mobility_cost</c>, the weighted number of what <see cref="HandoverCounts"/> tells apart, min. No constraints. Hysteresis and offset of A3 act through
/// their sum on the way in, and reports end with the handover here, so several settings can be equally good; the search keeps the first.
/// </remarks>
internal sealed class MobilityProblem : SonProblem
{
    private const long CellSamplesMax = 30_000_000;
    private const int KnobsPerSet = 3;

    private static readonly double[] TimesToTriggerMs = [0, 40, 64, 80, 100, 128, 160, 256, 320, 480, 512, 640, 1024, 1280, 2560, 5120];
    private static readonly double[] DefaultCioDb = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6];

    private readonly MobilitySpec _spec;
    private readonly ReplayTrace[] _traces;
    private readonly ReplayTimes _times;
    private readonly int _cells;
    private readonly int _sets;              // of handover settings: 1, or one per cell
    private readonly double[] _present;

    public MobilityProblem(OptimizationProblem problem)
    {
        _spec = problem.Mobility ?? throw new InvalidInputException("problem/mobility", "is required by problem_type MRO");
        MobilityChecks.Check(_spec);
        IReadOnlyList<MobilityTrace> traces = _spec.Traces ?? MobilityDrive.Traces(_spec, RequireNetwork(problem, "MRO without problem/mobility/traces"), CellSamplesMax);
        _cells = MobilityChecks.CellsOf(traces, CellSamplesMax);
        MobilityChecks.CheckRelations(_spec, _cells);
        _times = new ReplayTimes(_spec);
        _traces = new ReplayTrace[traces.Count];
        double coefficient = FilterCoefficient(_spec.FilterK, _spec.StepMs);
        for (int i = 0; i < _traces.Length; i++)
        {
            _traces[i] = new ReplayTrace(traces[i], coefficient, _spec.NoiseDbm, _spec.Load);
        }
        _sets = _spec.PerCell ? _cells : 1;
        var variables = new List<DecisionVariable>();
        for (int set = 0; set < _sets; set++)
        {
            string prefix = _spec.PerCell ? CuName(set) + " " : "";
            variables.Add(new DecisionVariable { Name = prefix + "a3Offset", Lower = -6, Upper = 10, Step = 0.5, Initial = _spec.Present.A3OffsetDb });
            variables.Add(new DecisionVariable { Name = prefix + "hysteresis", Lower = 0, Upper = 6, Step = 0.5, Initial = _spec.Present.HysteresisDb });
            variables.Add(new DecisionVariable { Name = prefix + "timeToTrigger", Kind = VariableKind.Ordered, Values = TimesToTriggerMs, Initial = _spec.Present.TimeToTriggerMs });
        }
        for (int relation = 0; relation < _spec.CioRelations.Length / 2; relation++)
        {
            variables.Add(new DecisionVariable { Name = RelationName(relation), Kind = VariableKind.Ordered, Values = _spec.CioValues ?? DefaultCioDb, Initial = _spec.CioPresent?[relation] ?? 0 });
        }
        if (variables.Count > OptimizationLimits.VariablesMax)
        {
            InvalidInputException.Throw("problem/mobility", $"has more than {OptimizationLimits.VariablesMax} knobs");
        }
        Variables = variables;
        _present = new double[variables.Count];
        for (int i = 0; i < _present.Length; i++)
        {
            _present[i] = variables[i].Initial!.Value;
        }
    }

    public override IReadOnlyList<DecisionVariable> Variables { get; }

    public override IReadOnlyList<ObjectiveSpec> Objectives { get; } = [new ObjectiveSpec("mobility_cost", Maximize: false)];

    public override IReadOnlyList<string> Constraints { get; } = [];

    public override bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = Cost(Replay(x));
        return true;
    }

    public HandoverCounts Replay(ReadOnlySpan<double> x)
    {
        ReplaySettings settings = SettingsOf(x);
        var sum = new HandoverCounts();
        foreach (ReplayTrace trace in _traces)
        {
            sum.Add(new MobilityReplay(trace, _times, settings).Run());
        }
        return sum;
    }

    public override IReadOnlyList<ConfigurationChange> Actions(double[] x)
    {
        var changes = new List<ConfigurationChange>();
        for (int cell = 0; cell < _cells; cell++)
        {
            int at = (_spec.PerCell ? cell : 0) * KnobsPerSet;
            AddChange(changes, CuName(cell), "a3Offset", at, x);
            AddChange(changes, CuName(cell), "hysteresis", at + 1, x);
            AddChange(changes, CuName(cell), "timeToTrigger", at + 2, x);
        }
        for (int relation = 0; relation < _spec.CioRelations.Length / 2; relation++)
        {
            AddChange(changes, RelationName(relation), "cellIndividualOffset", _sets * KnobsPerSet + relation, x);
        }
        return changes;
    }

    public override IReadOnlyList<KeyValuePair<string, ExpectedChange>> Expected(double[] x)
    {
        HandoverCounts before = Replay(_present), after = Replay(x);
        return new KeyValuePair<string, ExpectedChange>[]
        {
            Change("mobility_cost", Cost(before), Cost(after)),
            Change("HO.IntraSys.TooLate", before.TooLate, after.TooLate),
            Change("HO.IntraSys.TooEarly", before.TooEarly, after.TooEarly),
            Change("HO.IntraSys.ToWrongCell", before.WrongCell, after.WrongCell),
            Change("ping_pongs", before.PingPongs, after.PingPongs),
            Change("handovers", before.Handovers, after.Handovers),
            Change("coverage_failures", before.CoverageFailures, after.CoverageFailures),
        };
    }

    /// <summary>Weight of a new sample: TS 38.331, 5.5.3.2, gives it for samples 200 ms apart; others are to have the same time constant.</summary>
    public static double FilterCoefficient(double filterK, double stepMs) => 1 - Math.Pow(1 - Math.Pow(0.5, filterK / 4), stepMs / 200);

    private ReplaySettings SettingsOf(ReadOnlySpan<double> x)
    {
        var settings = new ReplaySettings(_cells);
        for (int cell = 0; cell < _cells; cell++)
        {
            int at = (_spec.PerCell ? cell : 0) * KnobsPerSet;
            settings.MarginDb[cell] = x[at] + x[at + 1];
            settings.TriggerSamples[cell] = ReplayTimes.InSamples(x[at + 2], _spec.StepMs);
        }
        for (int relation = 0; relation < _spec.CioRelations.Length / 2; relation++)
        {
            int serving = _spec.CioRelations[2 * relation] - 1;
            double offset = x[_sets * KnobsPerSet + relation];
            double[] offsets = settings.OffsetsDb[serving] ??= new double[_cells];
            offsets[_spec.CioRelations[2 * relation + 1] - 1] = offset;
            settings.LargestOffsetDb[serving] = Math.Max(settings.LargestOffsetDb[serving], offset);
        }
        return settings;
    }

    private double Cost(HandoverCounts counts) =>
        _spec.TooLateWeight * counts.TooLate + _spec.TooEarlyWeight * counts.TooEarly + _spec.WrongCellWeight * counts.WrongCell
        + _spec.PingPongWeight * counts.PingPongs + _spec.HandoverWeight * counts.Handovers;

    private void AddChange(List<ConfigurationChange> changes, string managedObject, string attribute, int knob, double[] x)
    {
        if (x[knob] != _present[knob])
        {
            changes.Add(new ConfigurationChange(managedObject, attribute, _present[knob], x[knob]));
        }
    }

    private string RelationName(int relation) =>
        string.Create(CultureInfo.InvariantCulture, $"NRCellRelation={_spec.CioRelations[2 * relation]}-{_spec.CioRelations[2 * relation + 1]}");

    private static string CuName(int cell) => string.Create(CultureInfo.InvariantCulture, $"NRCellCU={cell + 1}");
}
