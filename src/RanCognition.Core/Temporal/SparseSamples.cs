namespace RanCognition.Temporal;

/// <summary>Samples of a series with gaps, from whose times alone its step cannot be told for sure.</summary>
/// <param name="Times">Never decreasing, ns since the epoch.</param>
/// <param name="Values">As many.</param>
internal sealed record SparseSamples(ulong[] Times, double[] Values);
