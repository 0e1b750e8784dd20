namespace RanCognition.Temporal.Patterns;

/// <summary>A value and what it is compared with, after the same monotone map.</summary>
internal readonly record struct AnomalyLandmarks(double Value, double Median, double Lower, double Upper, double Level);
