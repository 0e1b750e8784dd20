namespace RanCognition.Temporal.Logic;

/// <summary>Reads a metric, a quotient of two, or a rate of either out of the paths.</summary>
/// <param name="paths">The paths.</param>
/// <param name="metric">Index of the metric or numerator.</param>
/// <param name="denominator">Index of the denominator, or -1.</param>
/// <param name="isRate">Whether the change per second is read.</param>
internal sealed class MetricReader(IScenarioPaths paths, int metric, int denominator, bool isRate)
{
    private const double SecondsPerNanosecond = 1e-9;

    private readonly double[] _values = new double[denominator >= 0 || isRate ? paths.Horizon : 0];

    /// <summary>Samples of one path; valid until the next call.</summary>
    public ReadOnlySpan<double> Read(int scenario)
    {
        var samples = paths.Path(scenario, metric);
        samples = samples[..Math.Min(samples.Length, paths.Horizon)];
        if (_values.Length == 0)
        {
            return samples;
        }
        if (denominator >= 0)
        {
            samples = Quotients(samples, paths.Path(scenario, denominator));
        }
        return isRate ? Rates(samples) : samples;
    }

    private ReadOnlySpan<double> Quotients(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        var count = Math.Min(numerators.Length, denominators.Length);
        for (var i = 0; i < count; i++)
        {
            _values[i] = MetricReference.Quotient(numerators[i], denominators[i]);
        }
        return _values.AsSpan(0, count);
    }

    private ReadOnlySpan<double> Rates(ReadOnlySpan<double> samples)
    {
        var seconds = paths.StepOf(metric) * SecondsPerNanosecond;
        var before = paths.LastValue(metric);
        before = denominator >= 0 ? MetricReference.Quotient(before, paths.LastValue(denominator)) : before;
        for (var i = 0; i < samples.Length; i++)
        {
            var now = samples[i];   // read first: samples may be _values
            _values[i] = Rate(before, now, seconds);
            before = now;
        }
        return _values.AsSpan(0, samples.Length);
    }

    /// <summary>|now - before| per second; NaN when a side is missing.</summary>
    public static double Rate(double before, double now, double seconds) =>
        double.IsFinite(before) && double.IsFinite(now) && seconds > 0 ? Math.Min(Math.Abs(now - before) / seconds, double.MaxValue) : double.NaN;

    /// <summary>The reader of a metric or quotient, or the reason why the paths have none.</summary>
    public static MetricReader? For(MetricReference reference, IScenarioPaths paths, bool isRate, out string? reason)
    {
        reason = null;
        if (reference.IsRatio && paths.TryGetMetric(reference.ToString(), out var quotient))
        {
            return new MetricReader(paths, quotient, -1, isRate);
        }
        foreach (var name in reference.Denominator is { } below ? [reference.Name, below] : new[] { reference.Name })
        {
            if (!paths.TryGetMetric(name, out _))
            {
                reason = $"metric '{FormulaText.Snippet(name)}' is unknown";
                return null;
            }
        }
        if (reference.IsRatio && !paths.SharesFutures)
        {
            reason = $"'{FormulaText.Snippet(reference.ToString())}': the histories lie on different time grids, so they cannot be divided";
            return null;
        }
        paths.TryGetMetric(reference.Name, out var metric);
        var denominator = -1;
        if (reference.Denominator is { } divisor)
        {
            paths.TryGetMetric(divisor, out denominator);
        }
        return new MetricReader(paths, metric, denominator, isRate);
    }
}
