namespace RanCognition.Tests.Performance.Pool;

/// <summary>One call. Which picks a live or a freed block, Size is what an allocation asks for; for misuse it says how far off.</summary>
internal sealed record PoolStep(PoolAction Action, int Which, int Size)
{
    public IEnumerable<PoolStep> Simpler()
    {
        if (Which != 0)
        {
            yield return this with { Which = 0 };
            yield return this with { Which = Which / 2 };
        }
        if (Size > 1)
        {
            yield return this with { Size = 1 };
            yield return this with { Size = Size / 2 };
            yield return this with { Size = Size - 1 };
        }
    }
}
