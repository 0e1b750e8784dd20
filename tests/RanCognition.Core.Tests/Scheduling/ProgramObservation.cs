namespace RanCognition.Tests.Scheduling;

/// <summary>One thing seen while a program ran.</summary>
internal readonly record struct ProgramObservation(string What, ulong Value);
