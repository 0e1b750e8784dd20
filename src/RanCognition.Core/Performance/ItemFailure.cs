namespace RanCognition.Performance;

/// <summary>An item that threw.</summary>
public readonly record struct ItemFailure(int Item, Exception Error);
