using System.Diagnostics.CodeAnalysis;

namespace RanCognition.Native.Boundary;

/// <summary>A call that the boundary itself refuses (handle, fork, re-entry), with its status.</summary>
internal sealed class BoundaryException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    [DoesNotReturn]
    public static void Throw(int status, string message) => throw new BoundaryException(status, message);
}
