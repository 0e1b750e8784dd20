using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

/// <summary>Scenario paths held in arrays: values[metric][scenario].</summary>
internal sealed class ArrayPaths(string[] metrics, double[][][] values, ulong stepNs, ulong startNs = 0, double[]? last = null) : IScenarioPaths
{
    public int Count => values[0].Length;

    public int Horizon => values[0].Length == 0 ? 0 : values[0][0].Length;

    public ulong StepNs => stepNs;

    public ulong StartNs => startNs;

    public bool TryGetMetric(string metric, out int index) => (index = Array.IndexOf(metrics, metric)) >= 0;

    public ReadOnlySpan<double> Path(int scenario, int metric) => values[metric][scenario];

    public double LastValue(int metric) => last is null ? double.NaN : last[metric];

    /// <summary>Paths of one metric X at a step of 1 s after time 0.</summary>
    public static ArrayPaths OfX(params double[][] paths) => new(["X"], [paths], 1_000_000_000);
}
