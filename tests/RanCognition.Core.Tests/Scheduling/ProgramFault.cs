namespace RanCognition.Tests.Scheduling;

/// <summary>What a handler of a test throws on purpose.</summary>
internal sealed class ProgramFault() : Exception("thrown on purpose");
