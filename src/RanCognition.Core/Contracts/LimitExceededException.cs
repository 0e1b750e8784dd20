namespace RanCognition.Contracts;

/// <summary>The input is well-formed but larger than a documented bound; nothing was changed.</summary>
public sealed class LimitExceededException(string argument, string reason) : Exception($"{argument}: {reason}");
