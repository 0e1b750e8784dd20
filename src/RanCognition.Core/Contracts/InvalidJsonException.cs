namespace RanCognition.Contracts;

/// <summary>The text is not JSON, or not of the shape that the argument needs; the message says where.</summary>
public sealed class InvalidJsonException(string argument, string reason) : Exception($"{argument}: {reason}");
