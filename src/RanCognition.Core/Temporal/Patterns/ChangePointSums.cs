namespace RanCognition.Temporal.Patterns;

/// <summary>Sums over the first values of a series, from whose differences the error of any segment follows.</summary>
internal struct ChangePointSums
{
    /// <summary>Number of values.</summary>
    public double Count;

    /// <summary>Sums of the values, of their squares, and of index times value.</summary>
    public double Values;
    public double Squares;
    public double Moments;

    /// <summary>Sums for 0, 1, ..., n values, less their mean: the errors are the same and lose fewer digits.</summary>
    /// <param name="values">Finite, not empty.</param>
    /// <param name="top">Largest magnitude after the mean is taken off.</param>
    public static ChangePointSums[] Accumulate(ReadOnlySpan<double> values, out double top)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value;
        }
        mean /= values.Length;
        var sums = new ChangePointSums[values.Length + 1];
        top = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] - mean;
            top = Math.Max(top, Math.Abs(value));
            ref readonly var last = ref sums[i];
            sums[i + 1] = new ChangePointSums
            {
                Count = i + 1,
                Values = last.Values + value,
                Squares = last.Squares + value * value,
                Moments = last.Moments + i * value,
            };
        }
        return sums;
    }

    /// <summary>Squared error of the values between the two about their mean; may be below 0 by rounding, NaN when there are none.</summary>
    /// <param name="from">Sums before the segment.</param>
    /// <param name="to">Sums at its end.</param>
    /// <param name="inverse">1 / number of its values.</param>
    public static double MeanError(in ChangePointSums from, in ChangePointSums to, double inverse)
    {
        var sum = to.Values - from.Values;
        return to.Squares - from.Squares - sum * sum * inverse;
    }

    /// <summary>The same about their best straight line.</summary>
    /// <param name="from">Sums before the segment, of at least three values.</param>
    /// <param name="to">Sums at its end.</param>
    /// <param name="inverse">1 / number of its values.</param>
    /// <param name="inverseSpread">1 / sum of the squared distances of their indexes from the middle: of equally spaced ones count (count^2 - 1) / 12.</param>
    public static double LineError(in ChangePointSums from, in ChangePointSums to, double inverse, double inverseSpread)
    {
        var sum = to.Values - from.Values;
        var moment = to.Moments - from.Moments - .5 * (from.Count + to.Count - 1) * sum;
        return to.Squares - from.Squares - sum * sum * inverse - moment * moment * inverseSpread;
    }
}
