using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Integration;

/// <summary>Which metrics act as one: integrated information of a stationary Gaussian process over one period, and the split of the metrics that loses the least of it.</summary>
/// <remarks>An analysis of what moves together and drives each other, no more. Measure and split: <see cref="PartitionSearch"/>; estimate: <see cref="StackedCovariance"/>.</remarks>
internal static class GaussianIntegration
{
    /// <param name="series">Histories of metrics; those that do not fit together are left out, and named.</param>
    public static IntegrationReport Measure(IReadOnlyList<MetricGrid> series)
    {
        AlignedSeries aligned = AlignedSeries.Of(series);
        int count = aligned.Names.Count;
        if (!aligned.HasEnough)
        {
            string why = count < 2
                ? "fewer than two series that change"
                : string.Create(CultureInfo.InvariantCulture, $"{aligned.Pairs.Length} periods that all series have with the one before, {AlignedSeries.PairsNeeded(count)} needed");
            return new IntegrationReport { Samples = aligned.Pairs.Length, Reason = aligned.LeftOut is { } without ? why + "; " + without : why };
        }
        int side = PartitionSearch.Find(StackedCovariance.Of(aligned.Values, aligned.Pairs), count, out double phi);
        List<string> first = [], second = [];
        for (int i = 0; i < count; i++)
        {
            ((side >> i & 1) != 0 ? first : second).Add(aligned.Names[i]);
        }
        return new IntegrationReport { Phi = phi, Partition = [first, second], Samples = aligned.Pairs.Length, Exact = !aligned.IsChosen, Reason = aligned.LeftOut };
    }
}
