using System.Diagnostics.CodeAnalysis;

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
        if (operations > OperationsMax || operations * elements > ProductsMax)
        {
            Refuse(operations, elements, argument);
        }
        return (int)operations;
    }

    [DoesNotReturn]
    private static void Refuse(ulong operations, ulong elements, string argument) =>
        throw new LimitExceededException(argument, operations > OperationsMax ? $"{operations}, at most {OperationsMax}"
            : $"{operations} rounds on {elements} elements are {operations * elements} products, at most {ProductsMax}");
}
