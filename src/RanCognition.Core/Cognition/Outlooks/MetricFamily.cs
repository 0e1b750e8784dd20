using RanCognition.Cognition.Situations;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Outlooks;

/// <summary>Metrics of one name, whatever object they are of.</summary>
internal static class MetricFamily
{
    private const string Over = " / ";

    /// <summary>The key of a metric, or of a quotient, as it is written.</summary>
    public static string TextOf(MetricReference reference) =>
        reference.Denominator is { } denominator ? reference.Name + Over + denominator : reference.Name;

    /// <summary>The names without their objects: <c>HO.IntraSys.TooLate / MM.HoExeInterReq</c>.</summary>
    public static string Of(MetricReference reference)
    {
        string name = ManagedObjects.Split(reference.Name).Name;
        return reference.Denominator is { } denominator ? name + Over + ManagedObjects.Split(denominator).Name : name;
    }

    /// <summary>The object that a metric is of; of a quotient that of the numerator.</summary>
    public static string ObjectOf(MetricReference reference) => ManagedObjects.Split(reference.Name).ManagedObject;

    /// <summary>Largest value of a metric by its definition (TS 28.552: PRB usage is in percent); infinite when it has none.</summary>
    public static double UpperBoundOf(MetricReference reference)
    {
        const double Percent = 100;
        bool isShare = !reference.IsRatio && ManagedObjects.Split(reference.Name).Name.StartsWith("RRU.PrbTot", StringComparison.Ordinal);
        return isShare ? Percent : double.PositiveInfinity;
    }
}
