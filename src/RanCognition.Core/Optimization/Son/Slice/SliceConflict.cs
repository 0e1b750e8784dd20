namespace RanCognition.Optimization.Son;

/// <summary>Guarantees that cannot hold together.</summary>
/// <param name="WithTotal">Only because the shares must not exceed the cell.</param>
/// <param name="Slices">Slices whose guarantees they are.</param>
internal sealed record SliceConflict(bool WithTotal, int[] Slices);
