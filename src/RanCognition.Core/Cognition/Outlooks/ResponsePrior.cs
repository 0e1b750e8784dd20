using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Outlooks;

/// <summary>What a step of an attribute is believed to do to a metric before any outcome was seen: logarithm of the factor for each step.</summary>
/// <param name="Mean">0 when nothing is believed.</param>
/// <param name="Deviation">Of the effect in one case.</param>
/// <remarks>
/// Handovers that come 1 dB earlier take about a fifth of the too late ones away and add a tenth to too early, wrong cell and ping-pong ones; later by 1 dB the
/// other way round. Only the signs are of the standards (TS 28.313, TS 38.300 clause 15.5.2); the sizes are guesses, and their spread says so.
/// </remarks>
internal readonly record struct ResponsePrior(double Mean, double Deviation)
{
    private const double Cure = -0.25;
    private const double Harm = 0.1;
    private const double FailuresPart = 0.5;
    private const double MobilityDeviation = 0.25;
    private const double OtherDeviation = 0.1;

    /// <summary>A place in the set of times to trigger is worth about half a dB.</summary>
    private const double TriggerPlaceDb = 0.5;

    /// <param name="attribute">What is changed.</param>
    /// <param name="direction">1 = raised, -1 = lowered.</param>
    /// <param name="nearness">Of the metric's object.</param>
    /// <param name="metricFamily">The metric.</param>
    /// <param name="cause">What ails its object; empty when that is not known.</param>
    /// <param name="ofRest">Whether it is the distance from the upper bound that is multiplied.</param>
    public static ResponsePrior Of(string attribute, int direction, Nearness nearness, string metricFamily, string cause, bool ofRest)
    {
        double earlier = direction * EarlierPerStep(attribute);
        if (earlier != 0 && ofRest && nearness is Nearness.Own or Nearness.Source && IsSuccess(metricFamily))
        {
            return OfFailures(earlier, cause);
        }
        bool isLate = metricFamily.StartsWith("HO.IntraSys.TooLate", StringComparison.Ordinal);
        bool isHasty = metricFamily.StartsWith("HO.IntraSys.TooEarly", StringComparison.Ordinal)
            || metricFamily.StartsWith("HO.IntraSys.ToWrongCell", StringComparison.Ordinal)
            || metricFamily.StartsWith("HO.IntraSys.PingPong", StringComparison.Ordinal);
        if (earlier == 0 || nearness is not (Nearness.Own or Nearness.Source) || (!isLate && !isHasty))
        {
            return new ResponsePrior(0, OtherDeviation);
        }
        bool cures = isLate == (earlier > 0);
        double size = Math.Abs(earlier);
        return new ResponsePrior((cures ? Cure : Harm) * size, MobilityDeviation * size);
    }

    private static bool IsSuccess(string metricFamily) =>
        metricFamily.StartsWith("MM.HoExeInterSucc / ", StringComparison.Ordinal) || metricFamily.StartsWith("MM.HoExeIntraSucc / ", StringComparison.Ordinal);

    /// <summary>Handovers that fail do so for what ails the relation, by half.</summary>
    private static ResponsePrior OfFailures(double earlier, string cause)
    {
        bool isLate = cause == CauseNames.TooLate, isHasty = cause is CauseNames.TooEarly or CauseNames.WrongCell or CauseNames.PingPong;
        double size = Math.Abs(earlier), mean = !isLate && !isHasty ? 0 : isLate == (earlier > 0) ? Cure * FailuresPart : Harm * FailuresPart;
        return new ResponsePrior(mean * size, MobilityDeviation * size);
    }

    /// <summary>By how many dB a raise of one step makes handovers earlier; 0 when it does not move them.</summary>
    private static double EarlierPerStep(string attribute) => attribute switch
    {
        AttributeRules.CellIndividualOffset => 1,
        AttributeRules.A3Offset or AttributeRules.Hysteresis => -1,
        AttributeRules.TimeToTrigger => -TriggerPlaceDb,
        _ => 0,
    };
}
