namespace RanCognition.Tests.Optimization.Pareto;

/// <summary>Random points of several objectives and plain ways to treat them.</summary>
internal static class FrontPoints
{
    /// <summary>Points on a coarse grid, so that many numbers are equal.</summary>
    public static double[][] OnGrid(Random random, int count, int objectives, int levels) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, objectives).Select(_ => (double)random.Next(levels)).ToArray())];

    /// <summary>Points of which none dominates another.</summary>
    public static double[][] OnSphere(Random random, int count, int objectives) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        double[] point = [.. Enumerable.Range(0, objectives).Select(_ => 0.01 + random.NextDouble())];
        double length = Math.Sqrt(point.Sum(value => value * value));
        return point.Select(value => value / length).ToArray();
    })];

    public static double[] Flat(double[][] points) => [.. points.SelectMany(point => point)];

    public static bool Dominates(double[] one, double[] other) => one.Zip(other).All(pair => pair.First <= pair.Second) && one.Zip(other).Any(pair => pair.First < pair.Second);

    /// <summary>The points that none dominates, each once.</summary>
    public static double[][] Front(IEnumerable<double[]> points)
    {
        double[][] all = [.. points];
        List<double[]> front = [];
        foreach (double[] point in all)
        {
            if (!all.Any(other => Dominates(other, point)) && !front.Any(other => other.SequenceEqual(point)))
            {
                front.Add(point);
            }
        }
        return [.. front];
    }

    /// <summary>Volume by inclusion and exclusion: sums over all subsets.</summary>
    public static double VolumeOfSubsets(double[][] points, double[] reference)
    {
        double volume = 0;
        for (int subset = 1; subset < 1 << points.Length; subset++)
        {
            double part = 1;
            for (int j = 0; j < reference.Length; j++)
            {
                double worst = points.Where((_, i) => (subset >> i & 1) == 1).Max(point => point[j]);
                part *= Math.Max(0, reference[j] - worst);
            }
            volume += int.IsOddInteger(int.PopCount(subset)) ? part : -part;
        }
        return volume;
    }
}
