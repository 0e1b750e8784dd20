namespace RanCognition.Cognition.Learning;

/// <summary>The probability of an event as a logistic function of the log-odds that were claimed for it, learned one outcome at a time.</summary>
/// <remarks>
/// Second-order online steps: Gupta and Ramdas, "Online Platt scaling with calibeating", ICML 2023; Platt 1999. It begins as the identity. What it has learned of the curvature is forgotten with
/// the memory, down to the curvature of the prior, so that steps never become too small to follow a change. Shift and slope are about the mean of the claims: of claims that are all alike the
/// slope would otherwise drag the shift along, and the belief that the shift is small would bias every probability. How far the slope is believed to be from 1 is in units of their spread.
/// </remarks>
internal sealed class PlattScaling(double memory)
{
    // Precision of the first belief: shift 0 with deviation 1, and as much by the slope at a claim that is one deviation of the claims away.
    private const double Precision = 1;
    private const double VarianceMin = 1e-4;   // of the claims: closer ones are the same

    private const double WeightMin = 0.02;   // of an outcome that was taken for certain: the step after a surprise stays finite
    private const double StepMax = 1;   // of the log-odds that are predicted
    private const double LogOddsMax = 8;

    private readonly double _kept = 1 - 1 / memory;
    private double _count;   // of outcomes, as far as they are remembered
    private double _centre;   // mean of the claimed log-odds
    private double _squares;   // about the centre
    private double _shift;   // of the log-odds of a claim at the centre
    private double _slope = 1;

    // Curvature of the loss beyond the prior: symmetric.
    private double _shiftShift;
    private double _shiftSlope;
    private double _slopeSlope;

    public double Predict(double logOdds) => Logistic(Math.Clamp(_centre + _shift + _slope * (logOdds - _centre), -LogOddsMax, LogOddsMax));

    public void Learn(double logOdds, bool held)
    {
        double predicted = Predict(logOdds);
        MoveCentre(logOdds);
        double weight = Math.Max(WeightMin, predicted * (1 - predicted)), error = (held ? 1 : 0) - predicted, away = logOdds - _centre;
        _shiftShift = _kept * _shiftShift + weight;
        _shiftSlope = _kept * _shiftSlope + weight * away;
        _slopeSlope = _kept * _slopeSlope + weight * away * away;
        double a = _shiftShift + Precision, b = _shiftSlope, c = _slopeSlope + Precision * Math.Max(VarianceMin, _squares / _count), determinant = a * c - b * b;
        double shiftStep = (c - b * away) * error / determinant, slopeStep = (a * away - b) * error / determinant;
        double size = Math.Abs(shiftStep + slopeStep * away), share = size > StepMax ? StepMax / size : 1;
        _shift += share * shiftStep;
        _slope += share * slopeStep;
    }

    public static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>Predictions and curvature stay what they are: both are rewritten about the new centre.</summary>
    private void MoveCentre(double logOdds)
    {
        _count = _kept * _count + 1;
        double before = logOdds - _centre, move = before / _count;
        _centre += move;
        _squares = _kept * _squares + before * (logOdds - _centre);
        _shift += (_slope - 1) * move;
        _slopeSlope += move * (move * _shiftShift - 2 * _shiftSlope);
        _shiftSlope -= move * _shiftShift;
    }
}
