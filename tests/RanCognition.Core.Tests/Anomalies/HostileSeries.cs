namespace RanCognition.Tests.Anomalies;

/// <summary>Series that break careless arithmetic.</summary>
internal static class HostileSeries
{
    public static readonly string[] Names =
    [
        "empty", "one", "two", "constant", "zeros", "missing", "infinities", "huge", "largest", "tiny", "denormal", "negative",
        "alternating huge", "zeros then huge", "constant then tiny step", "sparse", "walk", "mixed magnitudes", "long zero after noise",
        "all but one missing", "negative zero", "growing", "quantised",
    ];

    public static double[] Make(string name) => name switch
    {
        "empty" => [],
        "one" => [3],
        "two" => [3, -4],
        "constant" => Of(300, _ => 7.25),
        "zeros" => new double[300],
        "missing" => Of(100, _ => double.NaN),
        "infinities" => Of(300, i => i % 3 == 0 ? double.PositiveInfinity : i % 3 == 1 ? double.NegativeInfinity : i),
        "huge" => GoldenSeries.Make("huge", 500, 24, 1),
        "largest" => Of(300, i => i % 7 == 0 ? -double.MaxValue : double.MaxValue),
        "tiny" => GoldenSeries.Make("tiny", 500, 24, 1),
        "denormal" => Of(300, i => (i % 5) * double.Epsilon),
        "negative" => GoldenSeries.Make("negative", 500, 24, 1),
        "alternating huge" => Of(300, i => i % 2 == 0 ? 1e300 : -1e300),
        "zeros then huge" => Of(300, i => i < 100 ? 0 : 1e300),
        "constant then tiny step" => Of(300, i => i < 150 ? 1 : 1 + 1e-15),
        "sparse" => GoldenSeries.Make("sparse", 500, 24, 1),
        "walk" => GoldenSeries.Make("walk", 500, 24, 1),
        "mixed magnitudes" => Of(400, i => Math.Pow(10, (i * 7919 % 601) - 300) * (i % 3 - 1)),
        "long zero after noise" => [.. GoldenSeries.Make("noise", 200, 24, 1), .. new double[4000]],
        "all but one missing" => Of(200, i => i == 50 ? 1 : double.NaN),
        "negative zero" => Of(200, i => i % 2 == 0 ? -0.0 : 0.0),
        "growing" => Of(600, i => Math.Pow(10, i)),
        "quantised" => Of(600, i => i * 7919 % 11 < 2 ? 1 : 0),
        _ => throw new ArgumentException(name),
    };

    private static double[] Of(int n, Func<int, double> value) => [.. Enumerable.Range(0, n).Select(value)];
}
