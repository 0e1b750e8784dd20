namespace RanCognition.Memory.Index;

/// <summary>A row and its distance from the query.</summary>
internal readonly record struct Neighbor(int Row, double Distance);
