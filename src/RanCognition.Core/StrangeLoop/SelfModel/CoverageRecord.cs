using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Adaptive conformal inference: the level of the next interval follows from the misses so far, whatever the data do.</summary>
/// <remarks>
/// Source: Gibbs and Candès, "Adaptive conformal inference under distribution shift", NeurIPS 2021: a += g (a_1 - miss). At a &lt;= 0 nothing can miss and at a &gt;= 1 everything does, so a stays
/// within (-g, 1 + g), and over T steps |share covered - target| = |a - a_1| / (T g) &lt;= (max(a_1, 1 - a_1) + g) / (T g).
/// </remarks>
internal sealed class CoverageRecord
{
    // A step rounds a by at most four units of 2^-53, sums of T steps by T times that; as much again for the three roundings of the report itself.
    private const double Rounding = 1.0 / (1L << 50);

    public CoverageRecord(double coverage)
    {
        Coverage = coverage;
        Miscoverage = 1 - coverage;
    }

    public CoverageRecord(IntervalState state)
    {
        Coverage = state.Coverage;
        Miscoverage = state.Miscoverage;
        Steps = state.Steps;
        Covered = state.Covered;
    }

    public double Coverage { get; }

    public double Miscoverage { get; private set; }

    public ulong Steps { get; private set; }

    public ulong Covered { get; private set; }

    /// <summary>What the bound has above the line: for several records together these are added.</summary>
    public double Reach(double step) => (Math.Max(1 - Coverage, Coverage) + step) / step;

    public void Learn(bool isCovered, double step)
    {
        Miscoverage += step * (1 - Coverage - (isCovered ? 0 : 1));
        Steps++;
        Covered += isCovered ? 1u : 0;
    }

    /// <summary>Of one record, or of several together.</summary>
    public static CoverageReport Report(double covered, double target, double reach, ulong steps, double step) =>
        new(covered / steps, target, Math.Min(double.MaxValue, reach / steps + Rounding / step), steps);

    public IntervalState State(double step) => new()
    {
        Coverage = Coverage,
        Miscoverage = Miscoverage,
        Steps = Steps,
        Covered = Covered,
        Bound = Steps == 0 ? null : Report(Covered, Coverage, Reach(step), Steps, step).Bound,
    };
}
