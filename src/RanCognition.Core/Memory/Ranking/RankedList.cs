namespace RanCognition.Memory.Ranking;

/// <summary>Ids, best first, from one way of looking.</summary>
/// <param name="Ids">The best first.</param>
/// <param name="Weight">0 or more; 0 = its ids are candidates, but score nothing.</param>
internal readonly record struct RankedList(IReadOnlyList<ulong> Ids, double Weight);
