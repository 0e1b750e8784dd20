using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>Memory of the tasks' data of all schedulers that have no loader: a pool for data of common size, the system for large ones and when the pool is full.</summary>
internal static class TaskMemory
{
    private const ulong BudgetBytes = 256 << 20;

    /// <summary>Null when there is no room for its addresses: then the system has all data. Never let go by this class, so it stays.</summary>
    public static readonly SharedPool? Pool = Create();

    private static SharedPool? Create()
    {
        try
        {
            return new SharedPool(new MemoryPool(new MemoryPoolOptions { BudgetBytes = BudgetBytes }), spills: true);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
