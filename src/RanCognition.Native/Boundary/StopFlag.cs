namespace RanCognition.Native.Boundary;

/// <summary>A flag of the host that ends a run when it is not 0; NULL never does.</summary>
internal sealed unsafe class StopFlag(int* flag)
{
    public bool Raised() => flag is not null && Volatile.Read(ref *flag) != 0;
}
