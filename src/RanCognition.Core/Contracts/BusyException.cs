namespace RanCognition.Contracts;

/// <summary>The object is in the middle of a call that this one would have to wait for without end.</summary>
public sealed class BusyException(string reason) : Exception($"self: {reason}");
