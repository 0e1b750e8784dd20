namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>What plain prefix sums say of a window, with what rounding may have done to it.</summary>
internal readonly struct WindowBounds(double mean, double error, double squaredError)
{
    // No t that is significant at .001 is smaller, whatever the degrees of freedom: the square of the normal quantile, rounded down.
    private const double SquareMin = 9.5;

    public double Mean => mean;

    /// <summary>The mean is at most so far off.</summary>
    public double Error => error;

    /// <summary>Squared standard error of the mean, surely not too large.</summary>
    public double SquaredError => squaredError;

    /// <summary>False = this window is surely not significantly below the other one.</summary>
    public bool MayBeBelow(WindowBounds other)
    {
        double apart = other.Mean - Mean + Error + other.Error;
        return apart > 0 && apart * apart >= SquareMin * (SquaredError + other.SquaredError);
    }
}
