namespace RanCognition.Tests.Scheduling;

/// <summary>What a test runs on.</summary>
public enum Subject
{
    Model,
    Core,
}
