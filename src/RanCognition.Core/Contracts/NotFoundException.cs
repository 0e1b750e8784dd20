namespace RanCognition.Contracts;

/// <summary>There is nothing under the id or name given.</summary>
public sealed class NotFoundException(string argument, string reason) : Exception($"{argument}: {reason}");
