namespace RanCognition.Contracts;

/// <summary>The object is in the middle of a call that this one would have to wait for without end, or somebody else has what it needs for himself.</summary>
public sealed class BusyException : Exception
{
    public BusyException(string reason)
        : this("self", reason)
    {
    }

    public BusyException(string argument, string reason)
        : base($"{argument}: {reason}")
    {
    }
}
