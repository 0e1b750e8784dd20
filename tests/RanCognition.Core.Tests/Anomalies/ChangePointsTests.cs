using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Tests.Anomalies;

public sealed class ChangePointsTests
{
    public static TheoryData<string> Hostile => [.. HostileSeries.Names];

    [Fact]
    public void Change_points_equal_those_of_the_reference_program()
    {
        var recorded = GoldenCases.Read("anomaly.json").Where(c => c.TryGetProperty("values", out _))
            .ToDictionary(GoldenCases.Name, GoldenCases.Values);
        var (cases, changes) = (0, 0);
        foreach (var golden in GoldenCases.Read("changepoint.json"))
        {
            var values = golden.TryGetProperty("series", out var series)
                ? recorded[series.GetString()!].AsSpan(golden.GetProperty("start").GetInt32(), golden.GetProperty("n").GetInt32()).ToArray()
                : GoldenCases.Values(golden);
            var expected = GoldenCases.Indices(golden.GetProperty("changes"));
            Assert.True(expected.SequenceEqual(ChangePoints.Find(SimdOps.Vector, values)), GoldenCases.Name(golden));
            cases++;
            changes += expected.Length;
        }
        Assert.True(cases > 30 && changes > 20);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_series_give_ascending_indexes_and_probabilities(string name)
    {
        var values = HostileSeries.Make(name);
        var found = ChangePoints.Find(SimdOps.Vector, values);
        Assert.Equal(found.Length, ChangePoints.Describe(SimdOps.Vector, values, found).Length);   // ascending and in range, else it throws
        if (values.Length < 3)
        {
            return;
        }
        foreach (var change in ChangePoints.Describe(SimdOps.Vector, values, [1, values.Length / 2, values.Length - 1]))
        {
            Assert.InRange(change.PValue, 0, 1);
            Assert.Equal(values.Any(double.IsFinite), double.IsFinite(change.Before) && double.IsFinite(change.After));
        }
    }

    [Fact]
    public void Levels_are_the_medians_of_the_segments()
    {
        double[] values = [1, 2, 3, 10, 11, double.NaN, 13, 100, -5, -6, -7, -8];
        var changes = ChangePoints.Describe(SimdOps.Vector, values, [3, 8]);
        Assert.Equal((3, 2.0, 12.0), (changes[0].Index, changes[0].Before, changes[0].After));   // the gap is filled with 12
        Assert.Equal((8, 12.0, -6.5), (changes[1].Index, changes[1].Before, changes[1].After));
    }

    [Fact]
    public void A_clear_step_is_beyond_chance()
    {
        foreach (var kind in new[] { "steps", "season_steps" })
        {
            var values = GoldenSeries.Make(kind, 1008, 24, 5);
            var changes = ChangePoints.Describe(SimdOps.Vector, values, ChangePoints.Find(SimdOps.Vector, values));
            Assert.Equal(2, changes.Length);
            Assert.All(changes, c => Assert.InRange(c.PValue, 0, 1e-6));
        }
    }

    [Fact]
    public void P_values_stay_honest_at_the_most_tempting_place_of_a_series_without_change()
    {
        // White noise, autocorrelated noise and a season; the tested place is where the two means differ most for their length.
        foreach (var (phi, season, n) in new[] { (0.0, 0.0, 300), (.5, 0, 600), (.8, 0, 1000), (.5, 6, 1008), (0, 0, 40) })
        {
            const int Series = 300;
            var wrong = 0;
            for (var seed = 0; seed < Series; seed++)
            {
                var stream = new GoldenSeries.Stream((ulong)(seed * 31 + n));
                var values = new double[n];
                var noise = 0.0;
                for (var i = 0; i < n; i++)
                {
                    noise = phi * noise + stream.Normal();
                    values[i] = 50 + noise + season * Math.Abs(i % 24 - 12) / 3;
                }
                wrong += ChangePoints.Describe(SimdOps.Vector, values, [MostTempting(values, n / 10)])[0].PValue < .05 ? 1 : 0;
            }
            Assert.InRange(wrong, 0, Series * 6 / 100);
        }
    }

    [Fact]
    public void White_noise_has_no_change_points()
    {
        var found = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            found += ChangePoints.Find(SimdOps.Vector, GoldenSeries.Make("noise", 500, 24, seed)).Length > 0 ? 1 : 0;
        }
        Assert.InRange(found, 0, 2);
    }

    [Fact]
    public void Scale_and_offset_do_not_move_change_points()
    {
        var values = GoldenSeries.Make("steps", 600, 24, 11).Select(v => v - 200).ToArray();
        var found = ChangePoints.Find(SimdOps.Vector, values);
        Assert.NotEmpty(found);
        Assert.Equal(found, ChangePoints.Find(SimdOps.Vector, [.. values.Select(v => v * 1e200)]));
        Assert.Equal(found, ChangePoints.Find(SimdOps.Vector, [.. values.Select(v => v / 1024)]));
    }

    [Fact]
    public void Indices_must_ascend_inside_the_series()
    {
        var values = new double[10];
        foreach (var bad in new int[][] { [0], [10], [-1], [5, 5], [6, 5] })
        {
            Assert.Throws<ArgumentException>(() => ChangePoints.Describe(SimdOps.Vector, values, bad));
        }
        Assert.Empty(ChangePoints.Describe(SimdOps.Vector, [], []));
    }

    [Theory]
    [InlineData(.3)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(60)]
    public void Tail_of_t_equals_its_closed_forms(double t)
    {
        Near(1 - 2 / Math.PI * Math.Atan(t), TailProbability.StudentTwoSided(t, 1), 1e-9);
        Near(1 - t / Math.Sqrt(2 + t * t), TailProbability.StudentTwoSided(t, 2), 1e-9);
        var s = 1 + t * t / 4;
        Near(1 - t / 2 / Math.Sqrt(s) * (1 + .5 / s), TailProbability.StudentTwoSided(t, 4), 1e-6);

        static void Near(double expected, double found, double relative)
            => Assert.InRange(found, expected * (1 - relative) - 1e-12, expected * (1 + relative) + 1e-12);
    }

    private static int MostTempting(double[] values, int margin)
    {
        var n = values.Length;
        var mean = values.Average();
        double sum = 0, most = 0;
        var place = margin;
        for (var i = 1; i < n; i++)
        {
            sum += values[i - 1] - mean;
            var gain = sum * sum / i / (n - i);
            if (i >= margin && i <= n - margin && gain > most)
            {
                (most, place) = (gain, i);
            }
        }
        return place;
    }
}
