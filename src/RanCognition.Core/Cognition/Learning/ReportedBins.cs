namespace RanCognition.Cognition.Learning;

/// <summary>By how much what was reported was too high or too low, and what takes it back: a probability that was too high in the past is a little lower in the future.</summary>
/// <remarks>
/// Foster and Hart, "Forecast hedging and calibration", 2021, and "Calibeating: beating forecasters at their own game", 2023: sums of claim minus outcome at the middles of the ten bins, linear in
/// between, so that what is reported is a continuous function of what goes in. They are forgotten, and what they change is bounded: they take back small lasting errors only, large ones are the models' task.
/// </remarks>
internal sealed class ReportedBins
{
    private const double Horizon = 200;   // decisions over which a sum is taken back
    private const double Most = 0.03;   // that a probability is changed by
    private const double Memory = 500;   // outcomes of a bin after which one counts 1/e

    private const int Bins = ReliabilityTable.Bins;

    private readonly double[] _excess = new double[Bins];

    /// <summary>Probability to report for a probability.</summary>
    public double Hedge(double probability)
    {
        (int bin, double upper) = Place(probability);
        double change = (1 - upper) * Change(bin) + upper * Change(Math.Min(bin + 1, Bins - 1));
        return Math.Clamp(probability - change, 0, 1);
    }

    public void Learn(double reported, bool held)
    {
        (int bin, double upper) = Place(reported);
        double excess = reported - (held ? 1 : 0);
        Add(bin, 1 - upper, excess);
        Add(Math.Min(bin + 1, Bins - 1), upper, excess);
    }

    private void Add(int bin, double share, double excess) => _excess[bin] += share * (excess - _excess[bin] / Memory);

    private double Change(int bin) => Math.Clamp(_excess[bin] / Horizon, -Most, Most);

    private static (int Bin, double Upper) Place(double probability)
    {
        double place = Math.Clamp(probability * Bins - 0.5, 0, Bins - 1);
        int bin = (int)place;
        return (bin, place - bin);
    }
}
