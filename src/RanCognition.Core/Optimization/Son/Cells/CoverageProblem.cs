using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>CCO: tilts, and where wanted powers, of the cells that are on, for coverage and capacity.</summary>
/// <remarks>
/// Knobs: the tilt of each cell that is on, under the cell's name: zenith angle of the beam in degrees, limits.tilt_min..tilt_max (default 90..120) in steps of limits.tilt_step (default 0.1) counted from the present
/// tilt; with limits.power_min and power_max also <c>NAME configuredMaxTxPower</c>, dBm, in steps of 0.1. Objective: <c>utility</c>, the weighted mean of the logarithm of users' rates, max; 0 without a finite load
/// vector. Constraints: <c>max_load</c> (largest load - limits.max_load where that is given, else 0; 1e9 without loads) and, unless limits.coverage_loss is null, <c>coverage</c> (uncovered share - present one -
/// limits.coverage_loss, default 0.01). Actions give <c>digitalTilt</c> as TS 28.541 has it: 0.1 degree, 0 = horizontal, positive = down.
/// </remarks>
internal sealed class CoverageProblem : CellProblem
{
    private const double PowerStepDb = 0.1;
    private const double Tolerance = 1e-6;

    // The slopes need all received powers at once; beyond this the general search has to do without them.
    private const long SlopePairsMax = 4_000_000;

    private readonly double? _maxLoad;
    private readonly double? _coverageLoss;
    private readonly double _presentUncovered;
    private readonly int[] _cellOfTilt;    // by knob
    private readonly bool _hasPowers;

    public CoverageProblem(OptimizationProblem problem)
        : base(problem, "CCO")
    {
        SonLimits limits = problem.Limits;
        _maxLoad = Limit(limits.MaxLoad, null, "max_load");
        _coverageLoss = Limit(limits.CoverageLoss, 0.01, "coverage_loss");
        _presentUncovered = First.UncoveredShare;
        double tiltMin = limits.TiltMin ?? 90, tiltMax = limits.TiltMax ?? 120, tiltStep = limits.TiltStep ?? 0.1;
        Check(tiltMin is >= 0 and <= 180, "tilt_min", "must be 0..180");
        Check(tiltMax >= tiltMin && tiltMax <= 180, "tilt_max", "must be at least tilt_min, at most 180");
        Check(tiltStep is >= 0.01 and <= 180, "tilt_step", "must be 0.01..180");
        _hasPowers = limits.PowerMin is not null || limits.PowerMax is not null;
        Check(!_hasPowers || limits.PowerMin is not null, "power_min", "is required with power_max");
        Check(!_hasPowers || limits.PowerMax is not null, "power_max", "is required with power_min");
        Check(!_hasPowers || limits.PowerMin is >= -100 and <= 100, "power_min", "must be -100..100");
        Check(!_hasPowers || (limits.PowerMax >= limits.PowerMin && limits.PowerMax <= 100), "power_max", "must be at least power_min, at most 100");
        var tilted = new List<int>();
        for (int cell = 0; cell < PresentCells.Length; cell++)
        {
            if (PresentCells[cell].On)
            {
                tilted.Add(cell);
            }
        }
        if (tilted.Count == 0)
        {
            InvalidInputException.Throw(NetworkPlace + "/cells", "none is on");
        }
        _cellOfTilt = [.. tilted];
        var variables = new List<DecisionVariable>();
        foreach (int cell in _cellOfTilt)
        {
            variables.Add(Knob(CellName(cell), PresentCells[cell].TiltDeg, tiltMin, tiltMax, tiltStep));
        }
        for (int i = 0; i < _cellOfTilt.Length && _hasPowers; i++)
        {
            int cell = _cellOfTilt[i];
            variables.Add(Knob(CellName(cell) + " configuredMaxTxPower", PresentCells[cell].PowerDbm, limits.PowerMin!.Value, limits.PowerMax!.Value, PowerStepDb));
        }
        Variables = variables;
        Constraints = _coverageLoss is null ? [MaxLoad] : [MaxLoad, "coverage"];
    }

    public override IReadOnlyList<DecisionVariable> Variables { get; }

    public override IReadOnlyList<ObjectiveSpec> Objectives { get; } = [new ObjectiveSpec("utility", Maximize: true)];

    public override IReadOnlyList<string> Constraints { get; }

    public override CellSpec[] CellsAt(ReadOnlySpan<double> x)
    {
        CellSpec[] cells = (CellSpec[])PresentCells.Clone();
        for (int i = 0; i < _cellOfTilt.Length; i++)
        {
            ref CellSpec cell = ref cells[_cellOfTilt[i]];
            double power = _hasPowers ? x[_cellOfTilt.Length + i] : cell.PowerDbm;
            if (x[i] != cell.TiltDeg || power != cell.PowerDbm)
            {
                cell = cell with { TiltDeg = x[i], PowerDbm = power };
            }
        }
        return cells;
    }

    public override IReadOnlyList<ConfigurationChange> Actions(double[] x)
    {
        var changes = new List<ConfigurationChange>();
        for (int i = 0; i < _cellOfTilt.Length; i++)
        {
            int cell = _cellOfTilt[i];
            double tilt = PresentCells[cell].TiltDeg, power = PresentCells[cell].PowerDbm;
            if (Math.Abs(x[i] - tilt) > Tolerance)
            {
                changes.Add(new ConfigurationChange(CellName(cell), "digitalTilt", DigitalTilt(tilt), DigitalTilt(x[i])));
            }
            if (_hasPowers && Math.Abs(x[_cellOfTilt.Length + i] - power) > Tolerance)
            {
                changes.Add(new ConfigurationChange(CellName(cell), "configuredMaxTxPower", power, Math.Round(x[_cellOfTilt.Length + i], 6)));
            }
        }
        return changes;
    }

    public override IEnumerable<Batch>? FirstPhase(SearchProblem problem, Ledger ledger) =>
        (long)PresentCells.Length * Links.Users > SlopePairsMax ? null : new CoverageFirstPhase(this, problem, ledger).Run();

    /// <summary>Change of the utility per degree and per dB of each knob at a point; null where there are no loads.</summary>
    public double[]? Slopes(UtilitySlopes slopes, double[] x)
    {
        if (LoadsAt(x) is not { } loads)
        {
            return null;
        }
        slopes.Compute(CellsAt(x), loads);
        double[] result = new double[x.Length];
        for (int i = 0; i < _cellOfTilt.Length; i++)
        {
            result[i] = slopes.PerDegree[_cellOfTilt[i]];
            if (_hasPowers)
            {
                result[_cellOfTilt.Length + i] = slopes.PerDecibel[_cellOfTilt[i]];
            }
        }
        return result;
    }

    /// <summary>The cell that a knob is of.</summary>
    public int CellOf(int knob) => _cellOfTilt[knob % _cellOfTilt.Length];

    /// <summary>Knobs that are tilts; they come first.</summary>
    public int TiltCount => _cellOfTilt.Length;

    protected override void Judge(RadioNetworkEvaluator evaluator, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = evaluator.Utility ?? 0;
        constraints[0] = !evaluator.IsFeasible ? NoLoads : _maxLoad is { } limit ? evaluator.LargestLoad - limit : 0;
        if (_coverageLoss is { } loss)
        {
            constraints[1] = evaluator.UncoveredShare - _presentUncovered - loss;
        }
    }

    /// <summary>A knob whose grid holds the present value, where that is within the bounds.</summary>
    private static DecisionVariable Knob(string name, double present, double lower, double upper, double step)
    {
        bool isWithin = present >= lower && present <= upper;
        double first = isWithin ? present - Math.Floor((present - lower) / step + Tolerance) * step : lower;
        double last = first + Math.Floor((upper - first) / step + Tolerance) * step;
        return new DecisionVariable { Name = name, Lower = first, Upper = last, Step = step, Initial = isWithin ? present : null };
    }

    private static double DigitalTilt(double zenithDeg) => Math.Round(10 * (zenithDeg - 90), 6);

    private static void Check(bool isRight, string limit, string reason)
    {
        if (!isRight)
        {
            InvalidInputException.Throw("problem/limits/" + limit, reason);
        }
    }
}
