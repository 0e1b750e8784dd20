namespace RanCognition.Contracts;

/// <summary>Bounds of the kernels that hosts call on whole arrays.</summary>
public static class SimdLimits
{
    /// <summary>Rounds of products at most.</summary>
    public const ulong OperationsMax = 1 << 20;

    /// <summary>Products of one call at most, elements times rounds: 0.2 s with vectors, a few seconds one by one.</summary>
    public const ulong ProductsMax = 1UL << 32;

    /// <summary>Rounds that a call on so many elements may ask for.</summary>
    public static int RequireOperations(ulong operations, ulong elements, string argument)
    {
        if (operations > OperationsMax)
        {
            throw new LimitExceededException(argument, $"{operations}, at most {OperationsMax}");
        }
        if (operations * elements > ProductsMax)
        {
            throw new LimitExceededException(argument, $"{operations} rounds on {elements} elements are {operations * elements} products, at most {ProductsMax}");
        }
        return (int)operations;
    }
}
