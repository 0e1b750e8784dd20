namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Number, mean and sum of squared deviations of some samples.</summary>
internal readonly struct WindowStatistics(double count, double mean, double squares)
{
    public double Count => count;

    public double Mean => mean;

    /// <summary>Sum of squared deviations from the mean: exactly 0 when all samples are equal.</summary>
    public double Squares => squares;

    /// <summary>Those of both together.</summary>
    /// <remarks>Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances (1979): nothing cancels.</remarks>
    public WindowStatistics With(WindowStatistics other)
    {
        if (Count == 0)
        {
            return other;
        }
        if (other.Count == 0)
        {
            return this;
        }
        double all = Count + other.Count, apart = other.Mean - Mean;
        return new WindowStatistics(all, Mean + apart * (other.Count / all), Squares + other.Squares + apart * apart * (Count * other.Count / all));
    }
}
