namespace RanCognition.Cognition.Learning;

/// <summary>The probability of an event as a logistic function of the log-odds that were claimed for it, learned one outcome at a time.</summary>
/// <remarks>
/// Second-order online steps: Gupta and Ramdas, "Online Platt scaling with calibeating", ICML 2023; Platt 1999. It begins as the identity. What it has learned of the curvature is forgotten with
/// the memory, down to the curvature of the prior, so that steps never become too small to follow a change.
/// </remarks>
internal sealed class PlattScaling(double memory)
{
    // Precision of the first belief: shift 0 with deviation 1, slope 1 with deviation 0.7.
    private const double ShiftPrecision = 1;
    private const double SlopePrecision = 2;

    private const double WeightMin = 0.02;   // of an outcome that was taken for certain: the step after a surprise stays finite
    private const double StepMax = 1;
    private const double ShiftMax = 12;
    private const double SlopeMax = 6;

    private readonly double _kept = 1 - 1 / memory;
    private double _shift;
    private double _slope = 1;

    // Curvature of the loss beyond the prior: symmetric.
    private double _shiftShift;
    private double _shiftSlope;
    private double _slopeSlope;

    public double Predict(double logOdds) => Logistic(_shift + _slope * logOdds);

    public void Learn(double logOdds, bool held)
    {
        double predicted = Predict(logOdds), weight = Math.Max(WeightMin, predicted * (1 - predicted)), error = (held ? 1 : 0) - predicted;
        _shiftShift = _kept * _shiftShift + weight;
        _shiftSlope = _kept * _shiftSlope + weight * logOdds;
        _slopeSlope = _kept * _slopeSlope + weight * logOdds * logOdds;
        double a = _shiftShift + ShiftPrecision, b = _shiftSlope, c = _slopeSlope + SlopePrecision, determinant = a * c - b * b;
        double shiftStep = (c - b * logOdds) * error / determinant, slopeStep = (a * logOdds - b) * error / determinant;
        _shift = Math.Clamp(_shift + Math.Clamp(shiftStep, -StepMax, StepMax), -ShiftMax, ShiftMax);
        _slope = Math.Clamp(_slope + Math.Clamp(slopeStep, -StepMax, StepMax), -SlopeMax, SlopeMax);
    }

    public static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
