namespace RanCognition.Tests.Cognition;

/// <summary>A target: metric at most, or at least, a limit.</summary>
internal sealed record Limit(string Metric, bool IsUpper, double Value);
