namespace RanCognition.Temporal.Forecasting;

/// <summary>Scenario paths: outcomes of all leads drawn together.</summary>
public sealed partial class PredictiveDistribution
{
    /// <summary>Correlation of neighbouring leads where there is no backtest to estimate it.</summary>
    private const double FallbackLeadCorrelation = 0.8;
    private const double SamplingScoreMax = 6;
    private const int SamplingSteps = 32;   // a unit of the score
    private const int SamplingParts = 4;    // places a step in the table, so that an index is a shift

    /// <summary>Correlation of the standardised errors of neighbouring leads, 0..1.</summary>
    public double LeadCorrelation { get; }

    /// <summary>The path whose outcome at each lead has the standard normal score given.</summary>
    /// <param name="scores">At least path.Length scores.</param>
    /// <param name="path">Receives path.Length leads from lead 0, at most <see cref="Horizon"/>.</param>
    public void PathOf(ReadOnlySpan<double> scores, Span<double> path)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(path.Length, Horizon);
        double[] table = _sampling;
        ReadOnlySpan<double> centre = _centre.AsSpan(0, path.Length), mean = _mean.AsSpan(0, path.Length);
        ReadOnlySpan<double> s0 = _spreads[0].AsSpan(0, path.Length), s1 = s0, s2 = s0;
        bool single = _spreads.Length == 1, plain = !_source.IsLattice && _source.Scale == 1;
        if (!single)
        {
            s1 = _spreads[1].AsSpan(0, path.Length);
            s2 = _spreads[2].AsSpan(0, path.Length);
        }
        double floor = _source.IsNonNegative ? 0 : double.NegativeInfinity;
        for (int j = 0; j < path.Length; j++)
        {
            double z = scores[j];
            double place = (Math.Clamp(z, -SamplingScoreMax, SamplingScoreMax) + SamplingScoreMax) * SamplingSteps;
            int step = (int)place;
            double share = place - step;
            var cell = table.AsSpan(step * SamplingParts, 2 * SamplingParts);
            double value = centre[j] + s0[j] * (cell[0] + share * (cell[4] - cell[0]));
            if (!single)
            {
                value += s1[j] * (cell[1] + share * (cell[5] - cell[1])) + s2[j] * (cell[2] + share * (cell[6] - cell[2]));
            }
            value = Math.Max(value, floor);
            if (!plain)
            {
                value = ToUnits(_source.IsLattice ? Math.Round(value) : value);
            }
            path[j] = z < 0 ? Math.Min(value, mean[j]) : Math.Max(value, mean[j]);
        }
    }

    private double[] SamplingTable()
    {
        int steps = (int)(2 * SamplingScoreMax * SamplingSteps);
        var table = new double[(steps + 2) * SamplingParts];
        for (int i = 0; i <= steps; i++)
        {
            double z = (double)i / SamplingSteps - SamplingScoreMax;
            (int place, double share) = Locate(z);
            for (int part = 0; part < _offsets.Length; part++)
            {
                table[i * SamplingParts + part] = OffsetAt(_offsets[part], place, share, z);
            }
        }
        return table;
    }
}
