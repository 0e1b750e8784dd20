namespace RanCognition.Cognition.Outlooks;

/// <summary>How much wider, or narrower, the intervals of a kind of metric must be to hold what was observed.</summary>
internal interface IIntervalScales
{
    /// <summary>Factor on the distance from p50, more than 0; 1 when nothing was learned.</summary>
    /// <param name="metricFamily">As <see cref="MetricFamily"/> gives it.</param>
    /// <param name="changed">Whether actions change it: what they do is less sure than what comes without them.</param>
    double ScaleOf(string metricFamily, bool changed);
}
