using RanCognition.Contracts;

namespace RanCognition.Optimization.Son;

/// <summary>SLICE: the share of a cell's resource blocks that each slice is given.</summary>
/// <remarks>
/// Knobs: shares in percent, the unit of the ratios of RRMPolicyRatio (TS 28.541). With bandwidth W and spectral efficiency a, a share s carries c = W a s; the rate is min(c, demand). Objective: <c>utility</c>, the sum of
/// weight ln(rate in Mbit/s), max; or <c>delay</c>, the sum of weight / (c - demand), min: the mean delay in s of one Mbit in an M/M/1 queue, times the weight.
/// Constraints: <c>total_share</c> (sum - 1), <c>min_rate NAME</c> (1 - rate / promised) and, for the delay, <c>stability NAME</c> (c above the demand). Both objectives are sums of concave gains of one share
/// each: without steps the best shares follow from the conditions of Karush, Kuhn and Tucker (<see cref="WaterFilling"/>), on a grid from giving step by step to whom it helps most (Federgruen and Groenevelt, 1986).
/// </remarks>
internal sealed class SliceProblem : SonProblem
{
    private const int SlicesMax = (OptimizationLimits.ConstraintsMax - 1) / 2;
    private const double Unstable = 1e9;
    private const double Tolerance = 1e-9;      // of constraints, for sums of decimal steps
    private const double LeastShare = 1e-5;     // 0..1; a slice is never without any
    private const double StabilityMargin = 1e-6;

    private readonly IReadOnlyList<SliceSpec> _slices;
    private readonly double _bandwidthMHz;
    private readonly double _stepPercent;
    private readonly bool _isDelay;
    private readonly double[]? _present;   // percent

    public SliceProblem(OptimizationProblem problem)
    {
        SlicesSpec spec = problem.Slices ?? throw new InvalidInputException("problem/slices", "is required by problem_type SLICE");
        _slices = spec.List;
        _bandwidthMHz = spec.BandwidthMHz ?? problem.Network?.BandwidthMHz ?? 20;
        _stepPercent = spec.StepPercent;
        _isDelay = spec.Objective == SliceObjective.Delay;
        Check(spec);
        var variables = new List<DecisionVariable>(_slices.Count);
        var constraints = new List<string> { "total_share" };
        _present = AllPresent();
        for (int i = 0; i < _slices.Count; i++)
        {
            SliceSpec slice = _slices[i];
            (double lower, double upper) = Bounds(i);
            double? initial = _present is not null && _present[i] >= lower - Tolerance && _present[i] <= upper + Tolerance && IsOnGrid(_present[i]) ? _present[i] : null;
            variables.Add(new DecisionVariable { Name = Name(slice), Lower = lower, Upper = upper, Step = _stepPercent > 0 ? _stepPercent : null, Initial = initial });
            if (slice.MinRateMbps is not null)
            {
                constraints.Add($"min_rate {slice.Name}");
            }
        }
        for (int i = 0; i < _slices.Count && _isDelay; i++)
        {
            constraints.Add($"stability {_slices[i].Name}");
        }
        Variables = variables;
        Constraints = constraints;
        Objectives = [_isDelay ? new ObjectiveSpec("delay", Maximize: false) : new ObjectiveSpec("utility", Maximize: true)];
    }

    public override IReadOnlyList<DecisionVariable> Variables { get; }

    public override IReadOnlyList<ObjectiveSpec> Objectives { get; }

    public override IReadOnlyList<string> Constraints { get; }

    public override bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        double total = 0, sum = 0;
        int place = 1;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i];
            total += Gain(i, x[i] / 100);
            if (_slices[i].MinRateMbps is { } promised)
            {
                constraints[place++] = Rounded(1 - Rate(i, x[i] / 100) / promised);
            }
        }
        for (int i = 0; i < x.Length && _isDelay; i++)
        {
            double demand = _slices[i].DemandMbps!.Value;
            constraints[place++] = Rounded(1 - Capacity(i, x[i] / 100) / (demand * (1 + StabilityMargin)));
        }
        constraints[0] = Rounded(sum / 100 - 1);
        objectives[0] = _isDelay ? -total : total;
        return double.IsFinite(total);
    }

    public override SonSolution Solve()
    {
        int count = _slices.Count;
        double[] lower = new double[count], upper = new double[count];
        for (int i = 0; i < count; i++)
        {
            (double least, double most) = Bounds(i);
            (lower[i], upper[i]) = (least / 100, most / 100);
        }
        double[] needs = Needs();
        if (SliceGuarantees.Conflict(needs, lower, upper) is { } conflict)
        {
            return new SonSolution { X = Percent(lower), IsOptimal = true, InfeasibleSubset = Named(conflict) };
        }
        for (int i = 0; i < count; i++)
        {
            lower[i] = Math.Min(Math.Max(lower[i], needs[i]), upper[i]);
        }
        double[] shares = _stepPercent > 0 ? GreedyShares.Fill(Gain, lower, upper, _stepPercent / 100) : Continuous(lower, upper);
        double[] x = Percent(shares);
        double[] objective = new double[1], constraints = new double[Constraints.Count];
        Evaluate(x, objective, constraints);
        return new SonSolution { X = x, Bound = objective[0], IsOptimal = true };
    }

    public override IReadOnlyList<ConfigurationChange> Actions(double[] x)
    {
        var changes = new List<ConfigurationChange>();
        for (int i = 0; i < x.Length; i++)
        {
            double? before = _slices[i].Share * 100;
            if (before is null || Math.Abs(before.Value - x[i]) > Tolerance)
            {
                changes.Add(new ConfigurationChange(Name(_slices[i]), "rRMPolicyMinRatio", before is { } value ? Clean(value) : null, Clean(x[i])));
            }
        }
        return changes;
    }

    public override IReadOnlyList<KeyValuePair<string, ExpectedChange>> Expected(double[] x)
    {
        var metrics = new KeyValuePair<string, ExpectedChange>[x.Length + 1];
        double before = 0, after = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double? present = _present?[i] / 100;
            metrics[i + 1] = Change($"rate_mbps {_slices[i].Name}", present is { } share ? Rate(i, share) : null, Rate(i, x[i] / 100));
            before += Gain(i, present ?? 0);
            after += Gain(i, x[i] / 100);
        }
        double sign = _isDelay ? -1 : 1;
        metrics[0] = Change(Objectives[0].Name, _present is null || !double.IsFinite(before) ? null : sign * before, sign * after);
        return metrics;
    }

    /// <summary>Shares that the guarantees of rates and stability need, on the grid, 0..1 and beyond.</summary>
    private double[] Needs()
    {
        double[] needs = new double[_slices.Count];
        for (int i = 0; i < needs.Length; i++)
        {
            double rate = Math.Max(_slices[i].MinRateMbps ?? 0, _isDelay ? _slices[i].DemandMbps!.Value * (1 + StabilityMargin) : 0);
            needs[i] = rate / (_bandwidthMHz * _slices[i].SpectralEfficiency);
            needs[i] = _stepPercent > 0 ? OnGridAtLeast(needs[i]) / 100 : needs[i];
        }
        return needs;
    }

    private string[] Named(SliceConflict conflict)
    {
        var names = new List<string>();
        if (conflict.WithTotal)
        {
            names.Add("total_share");
        }
        foreach (int slice in conflict.Slices)
        {
            // of the two guarantees of a slice the one that needs more
            double promised = _slices[slice].MinRateMbps ?? 0;
            bool isRate = !_isDelay || promised > _slices[slice].DemandMbps!.Value;
            names.Add($"{(isRate ? "min_rate" : "stability")} {_slices[slice].Name}");
        }
        return [.. names];
    }

    private double[] Continuous(double[] lower, double[] upper)
    {
        int count = lower.Length;
        double[] offset = new double[count], slope = new double[count], useful = new double[count];
        double most = 0;
        for (int i = 0; i < count; i++)
        {
            double full = _bandwidthMHz * _slices[i].SpectralEfficiency, weight = _slices[i].Weight;
            double demanded = _slices[i].DemandMbps is { } demand ? demand / full : double.PositiveInfinity;
            offset[i] = _isDelay ? demanded : 0;
            slope[i] = _isDelay ? Math.Sqrt(weight / full) : weight;
            useful[i] = Math.Max(lower[i], _isDelay ? upper[i] : Math.Min(upper[i], demanded));   // beyond the demand a share gives nothing
            useful[i] = weight > 0 ? useful[i] : lower[i];
            most += useful[i];
        }
        return most <= 1 ? useful : WaterFilling.Fill(offset, slope, lower, useful, 1);
    }

    private double Capacity(int slice, double share) => _bandwidthMHz * _slices[slice].SpectralEfficiency * share;

    private double Rate(int slice, double share) => Math.Min(Capacity(slice, share), _slices[slice].DemandMbps ?? double.PositiveInfinity);

    /// <summary>What a slice adds to what is to be large.</summary>
    private double Gain(int slice, double share)
    {
        double weight = _slices[slice].Weight;
        if (weight == 0)
        {
            return 0;
        }
        if (!_isDelay)
        {
            return weight * Math.Log(Rate(slice, share));
        }
        double spare = Capacity(slice, share) - _slices[slice].DemandMbps!.Value;
        return spare > 0 ? -weight / spare : -Unstable * weight;
    }

    /// <summary>Smallest and largest share, percent, on the grid.</summary>
    private (double Lower, double Upper) Bounds(int slice)
    {
        double lower = Math.Max(_slices[slice].MinShare, LeastShare), upper = _slices[slice].MaxShare;
        if (_stepPercent == 0)
        {
            return (100 * lower, 100 * upper);
        }
        double last = Math.Floor(100 * upper / _stepPercent + Tolerance) * _stepPercent;
        return (OnGridAtLeast(lower), last);
    }

    private double OnGridAtLeast(double share) => Math.Ceiling(100 * share / _stepPercent - Tolerance) * _stepPercent;

    private bool IsOnGrid(double percent) => _stepPercent == 0 || Math.Abs(Math.Round(percent / _stepPercent) * _stepPercent - percent) < Tolerance * 100;

    private double[]? AllPresent()
    {
        double[] present = new double[_slices.Count];
        for (int i = 0; i < present.Length; i++)
        {
            if (_slices[i].Share is not { } share)
            {
                return null;
            }
            present[i] = Clean(100 * share);
        }
        return present;
    }

    private static string Name(SliceSpec slice) => $"RRMPolicyRatio={slice.Name}";

    private static double Rounded(double constraint) => Math.Abs(constraint) <= Tolerance ? 0 : constraint;

    /// <summary>Without the dust of binary fractions.</summary>
    private static double Clean(double percent) => Math.Round(percent, 9);

    /// <summary>Percents; on the grid exactly what the grid's own formula gives.</summary>
    private double[] Percent(double[] shares)
    {
        double[] percent = new double[shares.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            double lower = Bounds(i).Lower;
            percent[i] = _stepPercent > 0 ? lower + Math.Round((100 * shares[i] - lower) / _stepPercent) * _stepPercent : 100 * shares[i];
        }
        return percent;
    }

    private void Check(SlicesSpec spec)
    {
        if (_slices.Count is 0 or > SlicesMax)
        {
            InvalidInputException.Throw("problem/slices", $"must be 1..{SlicesMax} slices");
        }
        if (!(_bandwidthMHz > 0 && _bandwidthMHz <= 1e6))
        {
            InvalidInputException.Throw("problem/slices/bandwidth_mhz", "must be above 0, at most 1e6");
        }
        if (spec.StepPercent != 0 && !(spec.StepPercent >= 0.01 && spec.StepPercent <= 50))
        {
            InvalidInputException.Throw("problem/slices/step_percent", "must be 0 or 0.01..50");
        }
        var names = new HashSet<string>();
        for (int i = 0; i < _slices.Count; i++)
        {
            SliceSpec slice = _slices[i];
            string place = $"problem/slices/{i}";
            if (string.IsNullOrEmpty(slice.Name) || !names.Add(slice.Name))
            {
                InvalidInputException.Throw($"{place}/name", "must be given, and differ from the others");
            }
            Require(slice.SpectralEfficiency is > 0 and <= 1e3, $"{place}/spectral_efficiency", "must be above 0, at most 1000");
            Require(slice.Weight is >= 0 and <= 1e9, $"{place}/weight", "must be 0..1e9");
            Require(slice.MinShare is >= 0 and <= 1, $"{place}/min_share", "must be 0..1");
            Require(slice.MaxShare > 0 && slice.MaxShare >= slice.MinShare && slice.MaxShare <= 1, $"{place}/max_share", "must be above 0, at least min_share, at most 1");
            Require(slice.DemandMbps is null or (> 0 and <= 1e9), $"{place}/demand_mbps", "must be above 0, at most 1e9");
            Require(slice.DemandMbps is not null || !_isDelay, $"{place}/demand_mbps", "is required by the objective delay");
            Require(slice.MinRateMbps is null or (> 0 and <= 1e9), $"{place}/min_rate_mbps", "must be above 0, at most 1e9");
            Require(!(slice.MinRateMbps > slice.DemandMbps), $"{place}/min_rate_mbps", "is above the demand: it can never be reached");
            Require(slice.Share is null or (>= 0 and <= 1), $"{place}/share", "must be 0..1");
            (double lower, double upper) = Bounds(i);
            Require(lower <= upper, $"{place}/max_share", "leaves no share on the grid of step_percent");
        }
    }

    private static void Require(bool isRight, string place, string reason)
    {
        if (!isRight)
        {
            InvalidInputException.Throw(place, reason);
        }
    }
}
