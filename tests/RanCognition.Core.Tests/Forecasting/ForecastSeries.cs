using RanCognition.Tests.Anomalies;

namespace RanCognition.Tests.Forecasting;

/// <summary>The generated series of tests/golden/make_forecast_golden.py, operation by operation. NaN = missing.</summary>
internal static class ForecastSeries
{
    public static double[] Make(string kind, int n, int day, int week, ulong seed)
    {
        var stream = new GoldenSeries.Stream(seed);
        var values = new double[n];
        double walk = 0, ar = 0;
        for (var i = 0; i < n; i++)
        {
            var u = stream.Uniform();
            var e = stream.Normal();
            walk += e;
            ar = .7 * ar + e;
            var season = 60 * (1 - Math.Abs(2 * ((double)(i % day) / day) - 1)) + 30 * (1 - Math.Abs(2 * ((double)(i % week) / week) - 1));
            var v = 40 + season + 3 * ar;
            values[i] = kind switch
            {
                "seasonal" => v,
                "trend" => v + .2 * i,
                "weekend" => v * (i % week * 7 >= week * 5 ? .4 : 1.0),
                "level_shift" => v + (i >= n * 3 / 4 ? 80 : 0),
                "night_zeros" => Math.Max(0, season - 45 + 2 * ar),
                "sparse" => u < .9 ? 0 : 1000 * (u - .9),
                "bursts" => i / 6 % 3 > 0 || u < .1 ? 0 : 5 + 10 * u,
                "near_zero" => .001 + 50 * u * u * u * u * u * u * u * u,
                "integers" => Math.Floor(season / 12 + 3 * u),
                "signed_integers" => Math.Floor(season / 12 + 3 * u) - 6,
                "negative" => -v,
                "around_zero" => season - 45 + 4 * ar,
                "constant" => 7.25,
                "zeros" => 0,
                "line" => 3 + .5 * i,
                "missing" => double.NaN,
                "gaps" => u < .5 ? double.NaN : v,
                "outage" => i >= n * 6 / 10 && i < n * 8 / 10 ? double.NaN : v,
                "late_start" => i < n / 3 ? double.NaN : v,
                "late_gap" => i >= n - 10 ? double.NaN : v,
                "infinities" => u < .05 ? double.PositiveInfinity : u > .95 ? double.NegativeInfinity : v,
                "huge" => v * 1e298,
                "huge_negative" => (v - 85) * 1e298,
                "tiny" => v * 1e-302,
                "spike" => i == n * 7 / 10 ? 1e7 : v,
                "late_spike" => i == n - 3 ? 1e5 : v,
                "walk" => walk,
                "positive_walk" => 300 + walk,
                "noise" => 50 + e,
                "pure" => 40 + season,
                _ => throw new ArgumentException(kind),
            };
        }
        return values;
    }
}
