using RanCognition.Numerics;

namespace RanCognition.Memory.Learning;

/// <summary>Splits situations where they fall into two groups with a gap between, and only there.</summary>
/// <remarks>
/// A cut across one metric, or across the line between the centres of two means, is learned on one half of the episodes and tested on the other, both ways round: in many dimensions any few points can be
/// cut "well" by a line chosen for them, but not other points by the same line. The measure is Ashman's D, the distance of the two means in units of their common deviation: cutting one normal
/// cloud in two gives 2.65 and cutting a uniform one 3.46, so the cut must have more than <see cref="GapLeast"/>, for sure (99 %) and not only in this sample.
/// </remarks>
internal static class SituationSplit
{
    /// <summary>Ashman's D that a gap must have.</summary>
    public const double GapLeast = 4;

    private const int LearnRowsMax = 2048;   // of one half: more would not make the cut better, only slower
    private const int MeansStepsMax = 30;
    private const int PowerSteps = 30;
    private const double NormalQuantile99 = 2.3263478740408408;

    /// <summary>The two groups, each with at least the count given; null when there is no gap.</summary>
    /// <param name="rows">Into points; episodes in an order that says nothing about their situation.</param>
    /// <param name="points">Normalised situations; a missing number counts as the median, 0.</param>
    /// <param name="leastCount">Of each group.</param>
    public static (int[] Near, int[] Far)? Find(int[] rows, IReadOnlyList<ReadOnlyMemory<float>> points, int leastCount)
    {
        int dimension = 0;
        foreach (int row in rows)
        {
            dimension = Math.Max(dimension, points[row].Length);
        }
        if (dimension == 0 || rows.Length < 2 * leastCount || rows.Length < 8)
        {
            return null;
        }
        int half = Math.Min(rows.Length / 2, LearnRowsMax);
        double[][] even = new double[half][], odd = new double[half][];
        for (int i = 0; i < half; i++)
        {
            even[i] = PointOf(points[rows[2 * i]], dimension);
            odd[i] = PointOf(points[rows[2 * i + 1]], dimension);
        }
        // A group must have its share in each half too, or a few odd episodes could pass for one.
        int leastHalf = Math.Max(2, leastCount / 4);
        if (Learn(even, leastHalf) is not { } first || !(SureGap(first, odd, leastHalf) > GapLeast) || Learn(odd, leastHalf) is not { } second || !(SureGap(second, even, leastHalf) > GapLeast)
            || Learn([.. even, .. odd], 2 * leastHalf) is not { } cut)
        {
            return null;
        }
        List<int> near = [], far = [];
        foreach (int row in rows)
        {
            (cut.Line.Place(PointOf(points[row], dimension)) > cut.At ? far : near).Add(row);
        }
        return near.Count >= leastCount && far.Count >= leastCount ? ([.. near], [.. far]) : null;
    }

    private static double[] PointOf(ReadOnlyMemory<float> point, int dimension)
    {
        double[] numbers = new double[dimension];
        for (int i = 0; i < point.Length; i++)
        {
            float value = point.Span[i];
            numbers[i] = float.IsFinite(value) ? value : 0;
        }
        return numbers;
    }

    // The cut with the largest gap of those along each metric and along the line between two means.
    private static Cut? Learn(double[][] points, int leastCount)
    {
        Cut? best = null;
        double bestGap = 0;
        int dimension = points[0].Length;
        for (int candidate = 0; candidate <= dimension; candidate++)
        {
            double[]? direction = candidate < dimension ? null : TwoMeans(points);
            if (candidate == dimension && direction is null)
            {
                continue;
            }
            Line line = new(candidate, direction);
            double[] places = Array.ConvertAll(points, line.Place);
            if (BestPlace(places, leastCount) is not { } at)
            {
                continue;
            }
            double gap = Gap(places, at, leastCount);
            if (gap > bestGap)
            {
                (best, bestGap) = (new Cut(line, at), gap);
            }
        }
        return best;
    }

    // Where one line of numbers is cut so that the squares within both parts are least.
    private static double? BestPlace(double[] places, int leastCount)
    {
        double[] sorted = [.. places];
        NumberSort.Ascending(sorted);
        double middle = sorted[sorted.Length / 2], all = 0, below = 0, bestBetween = 0;
        double? best = null;
        foreach (double value in sorted)
        {
            all += value - middle;
        }
        for (int i = 1; i < sorted.Length; i++)
        {
            below += sorted[i - 1] - middle;
            if (i < leastCount || sorted.Length - i < leastCount || sorted[i] == sorted[i - 1])
            {
                continue;
            }
            double off = below / i - (all - below) / (sorted.Length - i), between = off * off * i * (sorted.Length - i);
            if (between > bestBetween)
            {
                (best, bestBetween) = (sorted[i - 1] + (sorted[i] - sorted[i - 1]) / 2, between);
            }
        }
        return best;
    }

    // Ashman's D; infinite for two groups without any spread; 0 when one is too small.
    private static double Gap(double[] places, double cut, int leastCount)
    {
        double n1 = 0, n2 = 0, mean1 = 0, mean2 = 0, squares1 = 0, squares2 = 0;
        foreach (double place in places)
        {
            if (place > cut)
            {
                double off = place - mean2;
                mean2 += off / ++n2;
                squares2 += off * (place - mean2);
            }
            else
            {
                double off = place - mean1;
                mean1 += off / ++n1;
                squares1 += off * (place - mean1);
            }
        }
        if (n1 < leastCount || n2 < leastCount)
        {
            return 0;
        }
        double spread = Math.Sqrt((squares1 / Math.Max(n1 - 1, 1) + squares2 / Math.Max(n2 - 1, 1)) / 2);
        return (mean2 - mean1) / spread;
    }

    // The gap that other points have at least: their deviation may be larger than it came out (chi square, by Wilson and Hilferty's approximation).
    private static double SureGap(Cut cut, double[][] points, int leastCount)
    {
        double gap = Gap(Array.ConvertAll(points, cut.Line.Place), cut.At, leastCount);
        double part = 2.0 / (9 * (points.Length - 2));
        return gap * Math.Pow(Math.Max(1 - part - NormalQuantile99 * Math.Sqrt(part), 0), 1.5);
    }

    // Direction from one mean to the other, by Lloyd's steps from a cut through the mean across the axis of largest spread. Null when all points are the same.
    private static double[]? TwoMeans(double[][] points)
    {
        int dimension = points[0].Length;
        double[] mean = Mean(points, _ => true, dimension), direction = LongestAxis(points, mean);
        double cut = Dot(direction, mean), spread = Dot(direction, direction);
        if (!(spread > 0) || !double.IsFinite(spread))
        {
            return null;
        }
        for (int step = 0; step < MeansStepsMax; step++)
        {
            double[] near = Mean(points, point => Dot(direction, point) <= cut, dimension), far = Mean(points, point => Dot(direction, point) > cut, dimension), next = new double[dimension];
            for (int i = 0; i < dimension; i++)
            {
                next[i] = far[i] - near[i];
            }
            double at = (Dot(next, far) + Dot(next, near)) / 2;
            if (!double.IsFinite(at) || next.AsSpan().SequenceEqual(direction))
            {
                break;   // one side is empty, or nothing changes any more
            }
            (direction, cut) = (next, at);
        }
        return direction;
    }

    // By power iteration; all 0 when there is no spread.
    private static double[] LongestAxis(double[][] points, double[] mean)
    {
        double[] axis = new double[mean.Length];
        for (int i = 0; i < axis.Length; i++)
        {
            axis[i] = points.Sum(point => Math.Abs(point[i] - mean[i]));   // a start that leans to the metrics with spread
        }
        for (int step = 0; step < PowerSteps; step++)
        {
            double largest = axis.Max(Math.Abs), off = Dot(axis, mean);
            double[] next = new double[axis.Length];
            foreach (double[] point in points)
            {
                double along = (Dot(axis, point) - off) / largest;
                for (int i = 0; i < next.Length; i++)
                {
                    next[i] += along * (point[i] - mean[i]);
                }
            }
            double size = next.Max(Math.Abs);
            if (!(largest > 0 && size > 0 && double.IsFinite(size)))
            {
                break;
            }
            axis = Array.ConvertAll(next, number => number / size);
        }
        return axis;
    }

    private static double[] Mean(double[][] points, Predicate<double[]> which, int dimension)
    {
        double[] mean = new double[dimension];
        int count = 0;
        foreach (double[] point in points)
        {
            if (which(point))
            {
                count++;
                for (int i = 0; i < dimension; i++)
                {
                    mean[i] += point[i];
                }
            }
        }
        return Array.ConvertAll(mean, sum => sum / count);   // NaN when there is none
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// <summary>Where a point lies along one metric (no direction), or along a direction.</summary>
    private sealed record Line(int Metric, double[]? Direction)
    {
        public double Place(double[] point) => Direction is null ? point[Metric] : Dot(Direction, point);
    }

    private sealed record Cut(Line Line, double At);
}
