using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Two control functions, in the order of their commands.</summary>
/// <param name="sources">Their names.</param>
/// <param name="loopGain">Spectral radius of the gain between them; null = not known.</param>
/// <param name="advice">What to do.</param>
internal sealed class SourcePair(string[] sources, double? loopGain, ConflictAdvice advice)
{
    public string[] Sources => sources;

    public double? LoopGain => loopGain;

    public ConflictAdvice Advice => advice;
}
