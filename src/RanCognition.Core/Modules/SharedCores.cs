using RanCognition.Memory;

namespace RanCognition.Modules;

/// <summary>The cores of a loader that tasks may use: each gives null while its module is not loaded.</summary>
internal sealed class SharedCores(Func<TemporalModule?> temporal, Func<MemoryCore?> memory, Func<OptimizationModule?> optimization)
{
    public Func<TemporalModule?> Temporal { get; } = temporal;

    public Func<MemoryCore?> Memory { get; } = memory;

    public Func<OptimizationModule?> Optimization { get; } = optimization;
}
