namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>A place in a thread's code.</summary>
internal sealed class Label
{
    public int At { get; set; } = -1;
}
