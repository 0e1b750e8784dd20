using RanCognition.Memory;

namespace RanCognition.Modules;

/// <summary>The cores of a loader that tasks may use: each gives null while its module is not loaded.</summary>
internal sealed class SharedCores(Func<TemporalModule?> temporal, Func<MemoryCore?> memory, Func<OptimizationModule?> optimization, Func<StrangeLoopModule?> strangeLoop, Func<CognitiveModule?> cognitive)
{
    public Func<TemporalModule?> Temporal { get; } = temporal;

    public Func<MemoryCore?> Memory { get; } = memory;

    public Func<OptimizationModule?> Optimization { get; } = optimization;

    public Func<StrangeLoopModule?> StrangeLoop { get; } = strangeLoop;

    public Func<CognitiveModule?> Cognitive { get; } = cognitive;
}
